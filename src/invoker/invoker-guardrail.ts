import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { brand } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, FLAG, JUDGED_ELSEWHERE, listOf, TEXT } from '../private/prop-kind';
import { partitionOf } from '../routing/arn';

const ID = /^[a-z0-9]+$/;
const ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:guardrail\/[a-z0-9]+$/;
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
   *
   * @default false - the handler sends the guardrail with every call
   */
  readonly enforce?: boolean;

  /**
   * The ARNs of the guardrail profile in each of its destination Regions, for a guardrail that uses cross-Region inference.
   *
   * @default - the guardrail does not use cross-Region inference
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrail-profiles-permissions.html
   */
  readonly guardrailProfileArns?: string[];
}

/**
 * The guardrail that every call of a HaikuInvoker goes through. Its role may then apply it.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails.html
 */
export class InvokerGuardrail {
  /**
   * A guardrail of the stack's own account in the target's source Region, for example `cfnGuardrail.attrGuardrailId`.
   *
   * Throws if the ID or the version is not one that the API takes.
   */
  public static fromGuardrailId(guardrailId: string, options: InvokerGuardrailOptions): InvokerGuardrail {
    if (!isTextLike(guardrailId, ID)) {
      throw new HaikuError(
        `guardrailId is not a guardrail ID, got ${shown(guardrailId)}; expected lower-case letters and digits such as "a1b2c3d4e5f6". `
        + 'For an ARN use InvokerGuardrail.fromGuardrailArn(...).');
    }
    return new InvokerGuardrail(guardrailId, false, options);
  }

  /**
   * A guardrail by its ARN, for example `cfnGuardrail.attrGuardrailArn`.
   *
   * Throws if the ARN or the version is not one that the API takes.
   */
  public static fromGuardrailArn(guardrailArn: string, options: InvokerGuardrailOptions): InvokerGuardrail {
    if (!isTextLike(guardrailArn, ARN)) {
      throw new HaikuError(
        `guardrailArn is not the ARN of a guardrail, got ${shown(guardrailArn)}; `
        + 'expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>", without a version. '
        + 'For an ID use InvokerGuardrail.fromGuardrailId(...); the version is an option of its own.');
    }
    return new InvokerGuardrail(guardrailArn, true, options);
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
  public readonly _isArn: boolean;

  private constructor(identifier: string, isArn: boolean, options: InvokerGuardrailOptions) {
    checkKinds<InvokerGuardrailOptions>('InvokerGuardrail', options, {
      guardrailVersion: JUDGED_ELSEWHERE, enforce: FLAG, guardrailProfileArns: listOf(TEXT, 'a list of ARNs', 'a list of strings'),
    });
    const { guardrailVersion, enforce, guardrailProfileArns } = options;
    if (!isTextLike(guardrailVersion, VERSION)) {
      throw new HaikuError(
        `guardrailVersion is not the version of a guardrail, got ${shown(guardrailVersion)}; expected a number from "1" to "99999999", or "DRAFT". `
        + 'Publish a version and name its number, or use "DRAFT" while you try things out.');
    }
    this.guardrailIdentifier = identifier;
    this.guardrailVersion = guardrailVersion;
    this._enforce = enforce ?? false;
    this._profileArns = [...guardrailProfileArns ?? []];
    this._isArn = isArn;
  }

  /**
   * The ARN, for calls that are sent to a Region. A guardrail of another Region cannot be used there.
   * @internal
   */
  public _arnFor(scope: IConstruct, sourceRegion: string): string {
    if (!this._isArn) {
      const partition = Token.isUnresolved(sourceRegion) ? Aws.PARTITION : partitionOf(sourceRegion);
      return `arn:${partition}:bedrock:${sourceRegion}:${Stack.of(scope).account}:guardrail/${this.guardrailIdentifier}`;
    }
    const region = ARN.exec(this.guardrailIdentifier)?.[1];
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
