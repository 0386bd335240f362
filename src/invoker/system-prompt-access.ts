import { AccountPrincipal, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import type { PromptObject, SystemPromptSource } from './system-prompt-source';
import { letDecrypt } from '../construct/key-access';
import { warnNotAttached } from '../construct/not-attached';
import { knownToDiffer } from '../construct/tokens';
import { SYSTEM_PROMPT_FILE, SystemSource } from '../contract/invoker-options';
import { HaikuError, shown } from '../private/errors';

/** A parameter's ARN without tokens. Its name begins with a slash if it has others. */
const PARAMETER_ARN = /^arn:[^:]+:ssm:([^:]+):(\d+):parameter(\/.+)$/;

/** What the handler is told of the prompt's place. Throws for a parameter that it could not read by its name. */
export function systemSource(scope: IConstruct, { _object: object, _parameter: parameter }: SystemPromptSource): SystemSource {
  if (object) {
    const { bucket, key, objectVersion: versionId } = object;
    const { region } = bucket.env;
    return { bucket: bucket.bucketName, key, versionId, region: knownToDiffer(region, Stack.of(scope).region) ? region : undefined };
  }
  if (!parameter) return { file: SYSTEM_PROMPT_FILE };
  const name = nameOf(scope, parameter.parameter);
  return { parameter: parameter.selector === undefined ? name : `${name}:${parameter.selector}` };
}

/** Lets the role read the prompt, and decrypt it through the service that keeps it. */
export function grantSystemPrompt(scope: IConstruct, role: IPrincipal, { _object: object, _parameter: parameter }: SystemPromptSource): void {
  if (object) {
    role.addToPrincipalPolicy(readObject(object));
    letOtherAccountRead(scope, object);
    const { encryptionKey, env } = object.bucket;
    if (encryptionKey) letDecryptThrough(scope, role, encryptionKey, `s3.${env.region}`);
  } else if (parameter) {
    const { parameterArn, encryptionKey } = parameter.parameter as IStringParameter & { readonly encryptionKey?: IKey };
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameterArn] }));
    if (encryptionKey) letDecryptThrough(scope, role, encryptionKey, `ssm.${Stack.of(scope).region}`);
  }
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
function readObject({ bucket, key, objectVersion }: PromptObject, ...principals: IPrincipal[]): PolicyStatement {
  const on = { resources: [bucket.arnForObjects(key)], principals };
  return new PolicyStatement(objectVersion === undefined
    ? { actions: ['s3:GetObject'], ...on }
    : { actions: ['s3:GetObjectVersion'], ...on, conditions: { StringEquals: { 's3:VersionId': objectVersion } } });
}

/** A bucket of another account must itself say who may read it. The name of the role may not be known, so its account stands for it. */
function letOtherAccountRead(scope: IConstruct, object: PromptObject): void {
  const { account } = Stack.of(scope);
  const bucket: IBucket = object.bucket;
  if (!knownToDiffer(bucket.env.account, account)) return;
  const statement = readObject(object, new AccountPrincipal(account));
  if (!bucket.addToResourcePolicy(statement).statementAdded) {
    warnNotAttached(scope, 'SystemPromptSource.bucketPolicyNotAttached', `policy of the bucket ${bucket.bucketName}`, statement);
  }
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
function letDecryptThrough(scope: IConstruct, role: IPrincipal, key: IKey, service: string): void {
  letDecrypt(scope, role, key, 'SystemPromptSource', { 'kms:ViaService': `${service}.${Stack.of(scope).urlSuffix}` });
}

/** CDK takes only the last part of an imported ARN for the name. */
function nameOf(scope: IConstruct, parameter: IStringParameter): string {
  const { env, parameterArn, parameterName } = parameter;
  const arn = Token.isUnresolved(parameterArn) ? undefined : PARAMETER_ARN.exec(parameterArn);
  const [, region = env.region, account = env.account, path] = arn ?? [];
  const own = Stack.of(scope);
  if (knownToDiffer(region, own.region) || knownToDiffer(account, own.account)) {
    throw new HaikuError(
      `systemPromptSource is a parameter of another account or Region, got ${shown(path === undefined ? parameter : parameterArn)}; expected one of ${shown(own.account)} in ${shown(own.region)}, `
      + 'where the function reads it. Create the parameter there, or keep the prompt in a bucket, which may be of another Region.');
  }
  if (path === undefined) return parameterName;
  return path.lastIndexOf('/') === 0 ? path.slice(1) : path;
}
