import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** The Region that a construct is asked to use. The Region of its stack has two spellings, the pseudo parameter and, where it is known, the literal. */
export function askedRegion(scope: IConstruct, region: string = Stack.of(scope).region): string {
  return isOwnRegion(scope, region) ? Stack.of(scope).region : region;
}

/** Whether a Region is the one that the construct's stack will be deployed to, known only then. */
export function isOwnRegion(scope: IConstruct, region: string): boolean {
  const resolved: unknown = Token.isUnresolved(region) ? Stack.of(scope).resolve(region) : undefined;
  return JSON.stringify(resolved) === '{"Ref":"AWS::Region"}';
}
