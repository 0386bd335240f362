import { AccountPrincipal, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import { Token, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { letDecrypt, onlyOf } from '../construct/key-access';
import { warnNotAttached } from '../construct/not-attached';
import { knownToDiffer } from '../construct/tokens';
import { SYSTEM_PROMPT_FILE, SystemSource } from '../contract/invoker-options';
import { BEDROCK_BODY_BYTES } from '../contract/limits';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkKind, objectWith, required, TEXT } from '../private/prop-kind';
import { readText } from '../private/text-file';

/** An object in S3. */
interface PromptObject {
  readonly bucket: IBucket;
  readonly key: string;
  readonly objectVersion?: string;
}

/** A parameter of Parameter Store, and which of its values. */
interface PromptParameter {
  readonly parameter: IStringParameter;
  readonly selector?: string;
}

const BUCKET = objectWith('a bucket', 'an s3.Bucket', ['bucketName', 'bucketArn', 'arnForObjects', 'addToResourcePolicy', 'env']);
const PARAMETER = objectWith('a parameter', 'an ssm.StringParameter', ['parameterName', 'parameterArn', 'stringValue', 'env']);
/** A parameter's ARN without tokens. Its name begins with a slash if it has others. */
const PARAMETER_ARN = /^arn:[^:]+:ssm:([^:]+):(\d+):parameter(\/.+)$/;
/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html */
const SELECTOR = /^(?:[1-9]\d{0,9}|(?!aws|ssm)[a-z_.-][\w.-]{0,99})$/i;
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_BYTES = 1024;
const FILE = { expected: 'a file with the system prompt', content: 'plain text' };

/**
 * Where the function of a HaikuInvoker reads its system prompt: a text that is longer than an environment variable can hold.
 *
 * Claude Haiku 4.5 caches nothing of fewer than 4,096 tokens, about 16 KB of English, and Lambda takes 4 KB of variables. The function
 * reads the prompt once, while it starts, and its role is given what that takes, and no more.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export class SystemPromptSource {
  /**
   * A text file of the app, in UTF-8. It becomes a part of the function's code: reading it takes no permission and no request, and a
   * version of the function keeps the prompt that it was deployed with.
   *
   * Throws if the file cannot be read, is not text in UTF-8, is blank, or is longer than what Bedrock takes in a request (25,000,000 bytes).
   *
   * @param path - where the file is; a relative path starts where the app runs
   */
  public static fromAsset(path: string): SystemPromptSource {
    checkKind('path', path, required(TEXT));
    const text = readText(path, FILE);
    if (text.trim() === '') throw new HaikuError(`File is blank, got ${shown(path)}; expected a file with the system prompt. Write the prompt there, or leave systemPromptSource out to have none.`);
    const bytes = Buffer.byteLength(text);
    if (bytes > BEDROCK_BODY_BYTES) {
      throw new HaikuError(`File is too long for a system prompt, got ${shown(path)} with ${bytes} bytes; expected at most ${BEDROCK_BODY_BYTES}, which is all that Bedrock takes in a request. Shorten it.`);
    }
    return new SystemPromptSource(FACTORY, text);
  }

  /**
   * An object in S3: text in UTF-8. The function reads what is there when it starts. Where its content changes, a running function
   * keeps what it has read; name the version of the object to decide with a deployment what is read.
   *
   * The function's role may then get this object, or this version of it, and decrypt through S3 with the bucket's key, if the bucket knows one.
   * In a VPC the function needs a way to S3, such as a gateway endpoint.
   *
   * Warns with the ids `cdk-bedrock-haiku:SystemPromptSource.bucketPolicyNotAttached` and `cdk-bedrock-haiku:SystemPromptSource.keyPolicyNotAttached`,
   * and prints the statement to attach, if the bucket or its key is of another account and its policy cannot be changed from this app.
   *
   * Throws if the key or the version is empty, or would stand in a policy for more than one object.
   *
   * @param bucket - the bucket; one of another Region must know its Region
   * @param key - the object's key
   * @param objectVersion - the object's version ID; left out, the current one is read
   */
  public static fromBucket(bucket: IBucket, key: string, objectVersion?: string): SystemPromptSource {
    checkKind('bucket', bucket, required(BUCKET));
    checkKind('key', key, required(TEXT));
    checkKind('objectVersion', objectVersion, TEXT);
    checkExactArn('bucket', bucket.bucketArn, 'the bucket of one name');
    if (!Token.isUnresolved(key) && (key === '' || Buffer.byteLength(key) > KEY_BYTES)) {
      throw new HaikuError(`key is not the key of an object, got ${shown(key)}; expected 1 to ${KEY_BYTES} bytes, such as "prompts/support.txt". Name the object.`);
    }
    checkExactArn('key', key, 'the key of one object');
    if (objectVersion === '') throw new HaikuError('objectVersion is empty, got ""; expected the version ID of the object. Name the version, or leave objectVersion out to read the current one.');
    return new SystemPromptSource(FACTORY, undefined, { bucket, key, objectVersion });
  }

  /**
   * A parameter of Parameter Store, a SecureString too: at most 4 KB, and 8 KB in the advanced tier. The function reads what it holds when it
   * starts; name a version or a label to decide what that is.
   *
   * The function's role may then get this parameter, and decrypt through Parameter Store with its key, if the parameter knows one; the key
   * `aws/ssm` needs no permission. The policy of a key in another account must say so too, as with a bucket's. In a VPC the function needs a way to Systems Manager, such as an interface endpoint for `ssm`.
   *
   * Import a parameter with `StringParameter.fromStringParameterArn(...)` or `.fromSecureStringParameterAttributes(...)`: others have CloudFormation
   * read its value too, at most 4 KB, with each deployment.
   *
   * Throws if the parameter is of another account or Region, or the selector is none.
   *
   * @param parameter - the parameter
   * @param selector - a version such as "3", or a label; left out, the `version` that the parameter was imported with is read, or else the latest one
   */
  public static fromParameter(parameter: IStringParameter, selector?: string): SystemPromptSource {
    checkKind('parameter', parameter, required(PARAMETER));
    checkKind('selector', selector, TEXT);
    checkExactArn('parameter', parameter.parameterArn, 'the ARN of one parameter');
    if (selector !== undefined && !Token.isUnresolved(selector) && !SELECTOR.test(selector)) {
      throw new HaikuError(`selector is neither a version nor a label, got ${shown(selector)}; expected a number such as "3", `
        + 'or letters, digits and . - _ that do not begin with a digit, "aws" or "ssm". Name one of these, or leave selector out to read the latest version.');
    }
    return new SystemPromptSource(FACTORY, undefined, undefined, { parameter, selector });
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _text?: string,
    /** @internal */
    public readonly _object?: PromptObject,
    /** @internal */
    public readonly _parameter?: PromptParameter,
  ) {
    onlyByFactory(caller, 'SystemPromptSource', 'SystemPromptSource.fromAsset(...), SystemPromptSource.fromBucket(...) or SystemPromptSource.fromParameter(...)');
  }
}

brand(SystemPromptSource, 'SystemPromptSource');

/** What the handler is told of the prompt's place. Throws for a parameter that it could not read by its name. */
export function systemSource(scope: IConstruct, { _object: object, _parameter: parameter }: SystemPromptSource): SystemSource {
  if (object) {
    const { bucket, key, objectVersion: versionId } = object;
    const { region } = bucket.env;
    return { bucket: bucket.bucketName, key, versionId, region: knownToDiffer(region, Stack.of(scope).region) ? region : undefined };
  }
  if (!parameter) return { file: SYSTEM_PROMPT_FILE };
  const name = ownParameterName('systemPromptSource', scope, parameter.parameter);
  const selector = parameter.selector ?? importedVersion(scope, parameter.parameter);
  return { parameter: selector === undefined ? name : `${name}:${selector}` };
}

/** Lets the role read the prompt, and decrypt it through the service that keeps it. */
export function grantSystemPrompt(scope: IConstruct, role: IPrincipal, { _object: object, _parameter: parameter }: SystemPromptSource): void {
  if (object) {
    role.addToPrincipalPolicy(readObject(object));
    letOtherAccountRead(scope, role, object);
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
function letOtherAccountRead(scope: IConstruct, role: IPrincipal, object: PromptObject): void {
  const { account } = Stack.of(scope);
  const bucket: IBucket = object.bucket;
  if (!knownToDiffer(bucket.env.account, account)) return;
  const statement = readObject(object, new AccountPrincipal(account));
  if (!bucket.addToResourcePolicy(statement).statementAdded) {
    statement.addConditions(onlyOf(role));
    warnNotAttached(scope, 'SystemPromptSource.bucketPolicyNotAttached', `policy of the bucket ${bucket.bucketName}`, statement);
  }
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
function letDecryptThrough(scope: IConstruct, role: IPrincipal, key: IKey, service: string): void {
  letDecrypt(scope, role, key, 'SystemPromptSource', { 'kms:ViaService': `${service}.${Stack.of(scope).urlSuffix}` });
}

/** The version that a parameter was imported with. CDK keeps it in no other place than the reference to its value, `{{resolve:ssm:<name>:<version>}}`. */
function importedVersion(scope: IConstruct, { stringValue }: IStringParameter): string | undefined {
  const resolved = Stack.of(scope).resolve(stringValue) as string | { readonly 'Fn::Join'?: [string, unknown[]] };
  const parts = typeof resolved === 'string' ? [resolved] : resolved['Fn::Join']?.[1] ?? [];
  if (!/^\{\{resolve:ssm(?:-secure)?:/.test(String(parts[0]))) return undefined;
  const [before, token, end] = ['', '', ...parts].slice(-3).map((part) => typeof part === 'string' ? part.replace(/^\{\{resolve:[a-z-]+:/, '') : part);
  const literal = /:(\d+)\}\}$/.exec(String(end));
  if (literal) return literal[1];
  // A token is the version where a colon stands before it that is not the one before the name.
  return end === '}}' && String(before).endsWith(':') ? Token.asString(token) : undefined;
}

/** CDK takes only the last part of an imported ARN for the name. */
export function ownParameterName(prop: string, scope: IConstruct, parameter: IStringParameter): string {
  const { env, parameterArn, parameterName } = parameter;
  const arn = Token.isUnresolved(parameterArn) ? undefined : PARAMETER_ARN.exec(parameterArn);
  const [, region = env.region, account = env.account, path] = arn ?? [];
  const own = Stack.of(scope);
  if (knownToDiffer(region, own.region) || knownToDiffer(account, own.account)) {
    throw new HaikuError(
      `${prop} is a parameter of another account or Region, got ${shown(path === undefined ? parameter : parameterArn)}; expected one of ${shown(own.account)} in ${shown(own.region)}, `
      + `where the function reads it. Create the parameter there${prop === 'systemPromptSource' ? ', or keep the prompt in a bucket, which may be of another Region' : ''}.`);
  }
  if (path === undefined) return parameterName;
  return path.lastIndexOf('/') === 0 ? path.slice(1) : path;
}
