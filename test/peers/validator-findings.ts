import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import * as cxapi from 'aws-cdk-lib/cx-api';

const { VALIDATE_AGAINST_DEFAULT_RULES, VALIDATION_REPORT_FILE } = cxapi as unknown as Record<string, string | undefined>;

/** Whether this release of aws-cdk-lib has a template validator; the oldest one that the suite runs against has none. */
export const HAS_VALIDATOR = VALIDATE_AGAINST_DEFAULT_RULES !== undefined;

export const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true };

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
}

/** The errors that CDK's own validator finds in an app; none without a validator. Warnings are advice. */
export function validatorErrors(app: App): string[] {
  try {
    app.synth();
  } catch (error) {
    if (!String(error).includes('CloudFormation Validate')) throw error;
  }
  const file = join(app.outdir, VALIDATION_REPORT_FILE ?? '');
  if (!HAS_VALIDATOR) return [];
  if (!existsSync(file)) throw new Error(`The validator wrote no report: ${file}`);
  const { pluginReports }: { pluginReports: Array<{ violations: Violation[] }> } = JSON.parse(readFileSync(file, 'utf8'));
  return pluginReports.flatMap(({ violations }) => violations)
    .filter(({ severity }) => severity !== 'warning' && severity !== 'info')
    .map(({ ruleName, description }) => `${ruleName}: ${description}`);
}
