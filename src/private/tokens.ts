import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** Whether a Region is the one that the construct's stack will be deployed to, known only then. */
export function isOwnRegion(scope: IConstruct, region: string): boolean {
  const resolved: unknown = Token.isUnresolved(region) ? Stack.of(scope).resolve(region) : undefined;
  return JSON.stringify(resolved) === '{"Ref":"AWS::Region"}';
}
