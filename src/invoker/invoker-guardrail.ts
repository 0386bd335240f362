import { IKey } from 'aws-cdk-lib/aws-kms';
import { Aws, CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checkGuardrailArn, GUARDRAIL_ARN } from '../construct/guardrail-arn';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn, isExact } from '../private/exact-arn';
import { checkKinds, FLAG, JUDGED_ELSEWHERE } from '../private/prop-kind';
import { partitionOf } from '../routing/partition';

const ID = /^[a-z0-9]+$/;
const PROFILE_ARN = /^arn:aws[a-z-]*:bedrock:[a-z0-9-]+:\d{12}:guardrail-profile\/[a-z0-9-]+\.guardrail\.v\d+:\d+$/;
const VERSION = /^([1-9]\d{0,7}|DRAFT)$/;

/**
 * How a guardrail is applied.
 */
export interface InvokerGuardrailOptions {
  /**
   * The version: a number as text, or `DRAFT`.
   */
  readonly guardrailVersion: string;

  /**
   * Whether IAM refuses calls of the function's role that do not name this guardrail and version, whatever code runs.
   * A version that is a token must then be that of a `CfnGuardrailVersion` or `CfnGuardrail`.
   *
   * @default false - the handler sends the guardrail with every call
   */
  readonly enforce?: boolean;

  /**
   * The ARNs of the guardrail profile in each of its destination Regions, for a guardrail that uses cross-Region inference:
   * `arn:aws:bedrock:<Region>:<account>:guardrail-profile/us.guardrail.v1:0`.
   *
   * @default - the guardrail does not use cross-Region inference
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrail-profiles-permissions.html
   */
  readonly guardrailProfileArns?: string[];

  /**
   * The customer managed key that encrypts the guardrail. The function's role may then decrypt with it; for an alias by its name, with
   * whichever key has that alias.
   *
   * A key of another account needs the same in its key policy: a warning prints the statement.
   *
   * @default - the guardrail is encrypted with a key that AWS owns
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-kms.html
   */
  readonly encryptionKey?: IKey;
}

/**
 * The guardrail that every call of a HaikuInvoker goes through. Its role may then apply it.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails.html
 */
export class InvokerGuardrail {
  /**
   * A guardrail of the account that calls, which is the stack's own or that of the assumed role, in the target's source Region, for example `cfnGuardrail.attrGuardrailId`.
   *
   * Throws if the ID, the version or another option is not one that the API takes.
   */
  public static fromGuardrailId(guardrailId: string, options: InvokerGuardrailOptions): InvokerGuardrail {
    if (!isTextLike(guardrailId, ID)) {
      throw new HaikuError(
        `guardrailId is not a guardrail ID, got ${shown(guardrailId)}; expected lower-case letters and digits such as "a1b2c3d4e5f6". `
        + 'For an ARN use InvokerGuardrail.fromGuardrailArn(...).');
    }
    return new InvokerGuardrail(FACTORY, guardrailId, false, options);
  }

  /**
   * A guardrail by its ARN, for example `cfnGuardrail.attrGuardrailArn`.
   *
   * Throws if the ARN, the version or another option is not one that the API takes.
   */
  public static fromGuardrailArn(guardrailArn: string, options: InvokerGuardrailOptions): InvokerGuardrail {
    checkGuardrailArn('guardrailArn', guardrailArn, 'For an ID use InvokerGuardrail.fromGuardrailId(...); the version is an option of its own.');
    return new InvokerGuardrail(FACTORY, guardrailArn, true, options);
  }

  /** What requests call the guardrail: its ID or its ARN. */
  public readonly guardrailIdentifier: string;
  /** The version. */
  public readonly guardrailVersion: string;
  /** @internal */
  public readonly _enforce: boolean;
  /** @internal */
  public readonly _profileArns: string[];
  /** @internal */
  public readonly _encryptionKey?: IKey;
  /** @internal */
  public readonly _isArn: boolean;

  private constructor(caller: symbol, identifier: string, isArn: boolean, options: InvokerGuardrailOptions) {
    onlyByFactory(caller, 'InvokerGuardrail', 'InvokerGuardrail.fromGuardrailId(...) or InvokerGuardrail.fromGuardrailArn(...)');
    checkKinds<InvokerGuardrailOptions>('InvokerGuardrail', options, {
      guardrailVersion: JUDGED_ELSEWHERE, enforce: FLAG, guardrailProfileArns: JUDGED_ELSEWHERE, encryptionKey: JUDGED_ELSEWHERE,
    });
    const { guardrailVersion, enforce, guardrailProfileArns, encryptionKey } = options;
    checkVersion(guardrailVersion, enforce);
    checkProfileArns(guardrailProfileArns);
    checkKey(encryptionKey);
    this.guardrailIdentifier = identifier;
    this.guardrailVersion = guardrailVersion;
    this._enforce = enforce ?? false;
    this._profileArns = [...guardrailProfileArns ?? []];
    this._encryptionKey = encryptionKey;
    this._isArn = isArn;
  }

  /**
   * The ARN, for calls of an account that are sent to a Region. A guardrail of another Region cannot be used there.
   * @internal
   */
  public _arnFor(scope: IConstruct, sourceRegion: string, account: string = Stack.of(scope).account): string {
    if (!this._isArn) {
      const partition = Token.isUnresolved(sourceRegion) ? Aws.PARTITION : partitionOf(sourceRegion);
      return `arn:${partition}:bedrock:${sourceRegion}:${account}:guardrail/${this.guardrailIdentifier}`;
    }
    const region = GUARDRAIL_ARN.exec(this.guardrailIdentifier)?.[1];
    if (region && !Token.isUnresolved(sourceRegion) && region !== sourceRegion) {
      throw new HaikuError(
        `guardrail is of another Region, got ${shown(this.guardrailIdentifier)}; expected one in ${shown(sourceRegion)}, where the calls are sent. `
        + 'Create the guardrail there, or call the model from the guardrail\'s Region.');
    }
    return this.guardrailIdentifier;
  }
}

brand(InvokerGuardrail, 'InvokerGuardrail');

/** A regular expression alone takes the number 1 for the text "1". */
function isTextLike(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && (Token.isUnresolved(value) || pattern.test(value));
}

function checkVersion(version: string, enforce?: boolean): void {
  if (typeof version === 'string' && Token.isUnresolved(version)) {
    if (enforce && !isDraft(version) && !isNumber(version)) {
      throw new HaikuError('guardrailVersion is an unresolved token that may be a number or "DRAFT", and enforce writes the two differently into the policy; '
        + 'expected the attrVersion of a CfnGuardrailVersion or CfnGuardrail, or a literal such as "1". Pass one of these, or leave enforce out.');
    }
    return;
  }
  if (isTextLike(version, VERSION)) return;
  throw new HaikuError(
    `guardrailVersion is not the version of a guardrail, got ${shown(version)}; expected a number from "1" to "99999999", or "DRAFT". `
    + 'Publish a version and name its number, or use "DRAFT" while you try things out.');
}

/** Whether the version is the working draft. AWS documents that `AWS::Bedrock::Guardrail` has no other. */
export function isDraft(version: string): boolean {
  return version === 'DRAFT' || isVersionOf(version, 'AWS::Bedrock::Guardrail');
}

function isNumber(version: string): boolean {
  return isVersionOf(version, 'AWS::Bedrock::GuardrailVersion');
}

/** Whether a token is the `Version` attribute of such a resource. */
function isVersionOf(version: string, resourceType: string): boolean {
  const { tokens, length } = Tokenization.reverseString(version);
  const [token] = tokens;
  return length === 1 && Reference.isReference(token) && token.displayName === 'Version'
    && CfnResource.isCfnResource(token.target) && token.target.cfnResourceType === resourceType;
}

function checkKey(key: IKey | undefined): void {
  if (key === undefined) return;
  if (typeof key?.keyArn !== 'string') {
    throw new HaikuError(`encryptionKey is not a key, got ${shown(key)}; expected an IKey. Pass new Key(...) or Key.fromKeyArn(...).`);
  }
  checkExactArn('encryptionKey', key.keyArn, 'the ARN of one key');
}

function checkProfileArns(arns: string[] | undefined): void {
  if (arns === undefined) return;
  if (!Array.isArray(arns) || Token.isUnresolved(arns)) {
    throw new HaikuError(`guardrailProfileArns is not a list of ARNs, got ${Token.isUnresolved(arns) ? 'an unresolved token' : shown(arns)}; `
      + 'expected an ARN for each destination Region of the guardrail profile. Write the list out; its members may be tokens.');
  }
  for (const arn of arns) {
    if (Token.isUnresolved(arn) ? isExact(arn) : PROFILE_ARN.test(arn)) continue;
    throw new HaikuError(`guardrailProfileArns has a member that is not the ARN of a guardrail profile, got ${shown(arn)}; `
      + 'expected "arn:aws:bedrock:<Region>:<account>:guardrail-profile/us.guardrail.v1:0". Name the profile in each of its destination Regions, without wildcards.');
  }
}
