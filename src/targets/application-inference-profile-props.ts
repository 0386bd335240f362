import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkedProfile } from './checked-target';
import type { CrossRegionInferenceProfile, ICrossRegionInferenceProfile } from './cross-region-inference-profile';
import type { ServiceControlPolicies } from '../organization/service-control-policies';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, required, TEXT } from '../private/prop-kind';

/**
 * An application inference profile that exists already.
 */
export interface ApplicationInferenceProfileAttributes {
  /**
   * Its ARN.
   */
  readonly inferenceProfileArn: string;

  /**
   * The cross-Region inference profile that it copies. It decides which access a caller needs.
   */
  readonly copyFrom: ICrossRegionInferenceProfile;
}

/**
 * How an application inference profile is made.
 */
export interface ApplicationInferenceProfileProps {
  /**
   * The cross-Region inference profile to copy. Its source Region must be the Region of the stack.
   */
  readonly copyFrom: ICrossRegionInferenceProfile;

  /**
   * The name: 1 to 64 letters, digits, spaces, `_` and `-`, no two of the last three in a row.
   *
   * @default - made from the construct's path and what cannot be changed later, so that a replacement finds its name free; the same
   * whether or not the stack has an `env`
   */
  readonly inferenceProfileName?: string;

  /**
   * What the profile is for: 1 to 200 letters, digits, `:`, `.`, spaces, `_` and `-`, no two of the last three in a row.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The service control policies of the account. Synthesis fails if they block a call of this profile, and names the policy, its statement
   * and what to change there. It warns where that is not known, and where they block streaming alone.
   *
   * @default - none are asked
   */
  readonly serviceControlPolicies?: ServiceControlPolicies | undefined;
}

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateInferenceProfile.html */
const NAME = /^([0-9a-zA-Z][ _-]?)+$/;
const MAX_NAME_LENGTH = 64;
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrock-applicationinferenceprofile.html */
const DESCRIPTION = /^([0-9a-zA-Z:.][ _-]?)+$/;
const MAX_DESCRIPTION_LENGTH = 200;

/** The props as they are, and the profile to copy, which another installed copy of this package may have made. */
export function checkedCopy(props: ApplicationInferenceProfileProps): CrossRegionInferenceProfile {
  checkKinds<ApplicationInferenceProfileProps>('ApplicationInferenceProfile', props, {
    copyFrom: JUDGED_ELSEWHERE, inferenceProfileName: TEXT, description: TEXT, serviceControlPolicies: JUDGED_ELSEWHERE,
  });
  return checkedProfile('copyFrom', props.copyFrom);
}

/** The same of a profile that exists already. */
export function checkedOriginal(attributes: ApplicationInferenceProfileAttributes): CrossRegionInferenceProfile {
  checkKinds<ApplicationInferenceProfileAttributes>('fromApplicationInferenceProfileAttributes', attributes, {
    inferenceProfileArn: required(TEXT), copyFrom: JUDGED_ELSEWHERE,
  });
  const copyFrom = checkedProfile('copyFrom', attributes.copyFrom);
  checkApplicationProfileArn(attributes.inferenceProfileArn, copyFrom);
  return copyFrom;
}

/** A name that is a token cannot be measured, so it is accepted. */
export function checkName(name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name)) return;
  if (name.length > MAX_NAME_LENGTH || !NAME.test(name)) {
    throw new HaikuError(
      `inferenceProfileName is not valid, got ${shown(name)} (${name.length} characters); expected 1 to ${MAX_NAME_LENGTH} letters, digits, `
      + 'spaces, "_" and "-", starting with a letter or digit and with no two of the last three in a row. Shorten or respell it, or leave it out for a generated name.');
  }
}

export function checkDescription(description: string | undefined): void {
  if (description === undefined || Token.isUnresolved(description)) return;
  if (description.length > MAX_DESCRIPTION_LENGTH || !DESCRIPTION.test(description)) {
    throw new HaikuError(
      `description is not valid, got ${shown(description)} (${description.length} characters); expected 1 to ${MAX_DESCRIPTION_LENGTH} letters, digits, `
      + '":", ".", spaces, "_" and "-", with no two of the last three in a row. Shorten or respell it, or leave it out.');
  }
}

/** An application profile is made in the Region of its stack, and a profile is copied within a Region. */
export function checkCopiedProfile(scope: Construct, copyFrom: CrossRegionInferenceProfile): void {
  const region = Stack.of(scope).region;
  if (Token.isUnresolved(region) && Token.isUnresolved(copyFrom.sourceRegion)) return;
  if (region !== copyFrom.sourceRegion) {
    throw new HaikuError(
      `copyFrom serves another Region than the stack, got ${regionName(copyFrom.sourceRegion)}; expected ${regionName(region)}, in which the `
      + 'application inference profile is made. Copy a CrossRegionInferenceProfile whose source Region is that of this stack.');
  }
}

/** An ARN that is a token is accepted. A Region that is known on one side only cannot be compared. */
function checkApplicationProfileArn(arn: string, copyFrom: CrossRegionInferenceProfile): void {
  if (Token.isUnresolved(arn)) return;
  const region = /^arn:[a-z-]+:bedrock:([a-z0-9-]+):\d{12}:application-inference-profile\/[a-zA-Z0-9-]+$/.exec(arn)?.[1];
  if (region && !Token.isUnresolved(copyFrom.sourceRegion) && region !== copyFrom.sourceRegion) {
    throw new HaikuError(
      `copyFrom serves another Region than the application inference profile, got ${shown(copyFrom.sourceRegion)}; expected ${shown(region)} as in ${shown(arn)}. `
      + 'Pass the CrossRegionInferenceProfile that was copied: its sourceRegion is the Region of the ARN.');
  }
  if (region) return;
  throw new HaikuError(
    `inferenceProfileArn is not that of an application inference profile, got ${shown(arn)}; `
    + 'expected "arn:aws:bedrock:<Region>:<account>:application-inference-profile/<ID>". '
    + 'For a profile that AWS made, use CrossRegionInferenceProfile.fromInferenceProfileId(...).');
}

function regionName(region: string): string {
  return Token.isUnresolved(region) ? 'the Region of an environment-agnostic stack' : shown(region);
}
