import { IRole } from 'aws-cdk-lib/aws-iam';
import { UseCaseForm } from './use-case-form';
import { checkKinds, FLAG, JUDGED_ELSEWHERE, objectWith, oneOf, PropKinds, required, struct, TEXT } from '../private/prop-kind';
import { ICrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';

/**
 * What a preflight does with what it finds.
 */
export enum PreflightAction {
  /** The deployment fails with the answer. */
  FAIL = 'FAIL',
  /** The deployment goes on; the answer is in `report` and in the function's log. */
  WARN = 'WARN',
}

/**
 * What a preflight asks, and what it does with the answer.
 */
export interface HaikuPreflightProps {
  /**
   * The profile that the stack calls.
   *
   * @default - a CrossRegionInferenceProfile in the geography of the stack's own Region
   */
  readonly target?: ICrossRegionInferenceProfile;

  /**
   * The role that asks, if it is not the function's own: for a HaikuInvoker with an `assumedRole` the same one, so that the account is
   * asked that will call the model. The function may then do nothing else than assume it, and it is given what the questions need.
   *
   * Synthesis warns with the ids `cdk-bedrock-haiku:HaikuPreflight.assumedRoleNotAttached` and
   * `cdk-bedrock-haiku:HaikuPreflight.trustNotAttached`, and prints what to attach by hand, where policies of the role cannot be changed
   * from this app; with `cdk-bedrock-haiku:HaikuPreflight.trustPolicySize` where its trust policy grows beyond 2,048 characters.
   *
   * @default - the function's own role asks
   */
  readonly assumedRole?: IRole;

  /**
   * The external ID that the trust policy of the assumed role asks for. It is no secret, and stands in the template.
   *
   * @default - none
   */
  readonly externalId?: string;

  /**
   * If AWS sends requests to other Regions than the model card says, which the policies in the template are made from.
   *
   * @default PreflightAction.FAIL
   */
  readonly onDrift?: PreflightAction;

  /**
   * If the account cannot call the model: no such profile, no agreement, authorization or entitlement, or a quota of nothing.
   *
   * @default PreflightAction.FAIL
   */
  readonly onMissingAccess?: PreflightAction;

  /**
   * If AWS did not answer a question, or with a value that this release does not know.
   *
   * @default PreflightAction.WARN
   */
  readonly onUnchecked?: PreflightAction;

  /**
   * Accept the public offer of the model's agreement if it is not in force. You then agree to its terms, for the whole account.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
   * @default false
   */
  readonly acceptAgreement?: boolean;

  /**
   * Submit this use-case form if the account has not submitted one. It stands in the template in plain text.
   *
   * @default - none is submitted
   */
  readonly useCaseForm?: UseCaseForm;

  /**
   * The preflight runs when it is new or anything about it changes. Pass something that changes, such as a build number, to run it again.
   *
   * @default - it runs when something about it changes
   */
  readonly runAgain?: string;
}

const ACTION = oneOf('PreflightAction', PreflightAction);
const PREFLIGHT: PropKinds<HaikuPreflightProps> = {
  target: JUDGED_ELSEWHERE,
  onDrift: ACTION,
  onMissingAccess: ACTION,
  onUnchecked: ACTION,
  assumedRole: objectWith('a role', 'an iam.Role', ['roleArn', 'grantPrincipal', 'addToPrincipalPolicy', 'env']),
  externalId: TEXT,
  acceptAgreement: FLAG,
  useCaseForm: struct('an object with companyName, companyWebsite, intendedUsers, industryOption and useCases'),
  runAgain: TEXT,
};
const FORM: PropKinds<UseCaseForm> = {
  companyName: required(TEXT),
  companyWebsite: required(TEXT),
  intendedUsers: required(TEXT),
  industryOption: required(TEXT),
  otherIndustryOption: TEXT,
  useCases: required(TEXT),
};

/** Refuses what is not what the prop takes. */
export function checkPreflightProps(props: HaikuPreflightProps): void {
  checkKinds('HaikuPreflight', props, PREFLIGHT);
  if (props.useCaseForm) checkKinds('useCaseForm', props.useCaseForm, FORM, 'useCaseForm.');
}
