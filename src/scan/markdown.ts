import { ScanFinding, ScanResult } from './scan';

/** The findings as GitHub's Markdown, for a comment on a pull request or the summary of a job. */
export function markdownOf({ findings, uses }: ScanResult): string {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const known = findings.filter(({ acknowledged }) => acknowledged);
  return [
    '### Calls of Claude models',
    '',
    summaryOf(findings),
    ...open.length > 0 ? ['', '| | rule | where | what | what to change |', '| --- | --- | --- | --- | --- |', ...open.map(row)] : [],
    ...known.length > 0 ? ['', '<details><summary>Acknowledged</summary>', '', '| rule | where | why it stays |', '| --- | --- | --- |',
      ...known.map(({ rule, acknowledged, ...one }) => `| ${rule} | ${where(one)} | ${cell(acknowledged!.reason)} |`), '', '</details>'] : [],
    ...uses.length > 0 ? ['', '| caller | profile | from | may run in |', '| --- | --- | --- | --- |', ...uses.map((use) =>
      `| ${where(use)} | ${cell(use.inferenceProfileId)} | ${use.sourceRegion} | ${use.destinationRegions?.join(', ') ?? 'any commercial AWS Region'} |`)] : [],
    '',
  ].join('\n');
}

/** How many of each, in a sentence. */
export function summaryOf(findings: readonly ScanFinding[]): string {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const count = (severity: ScanFinding['severity'], one: string, many = `${one}s`) => {
    const { length } = open.filter((finding) => finding.severity === severity);
    return length === 0 ? [] : [`${length} ${length === 1 ? one : many}`];
  };
  const counts = [...count('error', 'error'), ...count('warning', 'warning'), ...count('unchecked', 'place that could not be checked', 'places that could not be checked')];
  const acknowledged = findings.length - open.length;
  return `${counts.join(', ') || 'Nothing found'}${acknowledged > 0 ? `; ${acknowledged} acknowledged` : ''}.`;
}

function row({ severity, rule, message, fix, ...one }: ScanFinding): string {
  return `| ${severity} | ${rule} | ${where(one)} | ${cell(message)} | ${cell(fix)} |`;
}

function where({ template, resource }: { readonly template: string; readonly resource: string }): string {
  return `${cell(resource)} in ${cell(template)}`;
}

/** What a template says must not become a column, a tag or a link of the table. */
function cell(text: string): string {
  return text.replace(/[\\|`*_[\]<>]/g, '\\$&').replace(/\s+/g, ' ');
}
