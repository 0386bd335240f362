import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { SUPPRESSIONS } from './nag-suppressions';

const PACKS: Array<new () => NagPack> = [AwsSolutionsChecks, ServerlessChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks];

export interface NagFinding {
  readonly rule: string;
  readonly construct: string;
}

/** A violation as the newest CDK has it; the floor's type, which this is also checked against, lacks the constructs. */
interface Violation {
  readonly ruleName: string;
  readonly violatingResources?: Array<{ readonly constructPath?: string; readonly resourceLogicalId?: string }>;
  readonly violatingConstructs?: Array<{ readonly constructPath?: string; readonly resourceLogicalId?: string }>;
}

/** What the packs find in an app, those with a reason included. */
export function nagFindings(app: App): NagFinding[] {
  const violations = PACKS.flatMap((Pack) => violationsOf(new Pack(), app));
  return violations.flatMap(({ ruleName, violatingResources, violatingConstructs }) =>
    [...violatingResources ?? [], ...violatingConstructs ?? []].map((violating) => ({
      rule: ruleName,
      construct: violating.constructPath ?? violating.resourceLogicalId ?? '',
    })));
}

/** The packs that find something in an app, by their own name. */
export function packsThatFind(app: App): string[] {
  return PACKS.map((Pack) => new Pack()).filter((pack) => violationsOf(pack, app).length > 0).map((pack) => pack.readPackName);
}

function violationsOf(pack: NagPack, app: App): Violation[] {
  return pack.validateScope(app).violations as Violation[];
}

/** The suppression that covers a finding. */
export function suppressionFor(finding: NagFinding): keyof typeof SUPPRESSIONS | undefined {
  // Wildcards within an ARN are of one kind, whatever the ARN.
  const found = finding.rule.replace(/\[Resource::(?:arn:|<\w+\.Arn>\/).*\]$/, '[Resource::arn]');
  return Object.entries(SUPPRESSIONS)
    .find(([rule, { only }]) => (found === rule || found.endsWith(`-${rule}`)) && (only?.test(finding.construct) ?? true))?.[0];
}
