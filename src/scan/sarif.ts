import { RULES } from './rules';
import { ScanFinding, ScanResult } from './scan';

const LEVELS = { error: 'error', warning: 'warning', unchecked: 'note' } as const;
const RULE_PAGE = 'https://github.com/cdk-bedrock-haiku/cdk-bedrock-haiku/blob/main/docs/scan.md';

/**
 * The findings as SARIF 2.1.0, which code scanning of GitHub and others read. A fingerprint stays the same while a template is edited
 * around the finding, so a service tells new findings from old ones.
 *
 * @param version - of this package
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf({ findings }: ScanResult, version: string): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-bedrock-haiku',
          version,
          informationUri: RULE_PAGE,
          rules: RULES.map(({ id, severity, title }) => ({
            id, shortDescription: { text: title }, helpUri: `${RULE_PAGE}#${id}`, defaultConfiguration: { level: LEVELS[severity] },
          })),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: findings.map(resultOf),
    }],
  };
}

function resultOf({ rule, severity, template, resource, path, message, fix, acknowledged }: ScanFinding): object {
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: LEVELS[severity],
    message: { text: `${message} ${fix}` },
    locations: [{
      physicalLocation: { artifactLocation: { uri: uriOf(template) } },
      logicalLocations: [{ name: resource, fullyQualifiedName: path, kind: 'resource' }],
    }],
    partialFingerprints: { 'cdk-bedrock-haiku/v1': [rule, path].join(':') },
    ...acknowledged && { suppressions: [{ kind: acknowledged.by === 'file' ? 'external' : 'inSource', justification: acknowledged.reason }] },
  };
}

/** A relative path stays one: code scanning finds the file of the repository by it. */
function uriOf(template: string): string {
  const path = template.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
  return path.startsWith('/') ? `file://${path}` : path.replace(/^\.\//, '');
}
