import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { SUPPRESSIONS } from './nag-suppressions';

const PACKS: Array<new () => NagPack> = [AwsSolutionsChecks, ServerlessChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks];

export interface NagFinding {
  readonly rule: string;
  readonly resource: string | undefined;
}

/** What the packs find in an app, those with a reason included. */
export function nagFindings(app: App): NagFinding[] {
  return PACKS.flatMap((Pack) => new Pack().validateScope(app).violations)
    .flatMap(({ ruleName, violatingResources }) => violatingResources.map((violating: { readonly resourceLogicalId?: string }) => (
      { rule: ruleName, resource: violating.resourceLogicalId })));
}

/** The suppression that covers a finding. */
export function suppressionFor(finding: NagFinding): keyof typeof SUPPRESSIONS | undefined {
  return Object.keys(SUPPRESSIONS).find((rule) => finding.rule === rule || finding.rule.endsWith(`-${rule}`));
}
