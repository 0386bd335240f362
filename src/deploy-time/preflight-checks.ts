import type { HaikuPreflightProps } from './haiku-preflight';
import { PreflightAction } from './preflight-action';
import { UseCaseForm } from './use-case-form';
import { checkKinds, FLAG, JUDGED_ELSEWHERE, objectWith, oneOf, PropKinds, required, struct, TEXT } from '../private/prop-kind';

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
