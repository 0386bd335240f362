import { calling, documented, scanned } from './templates';
import { markdownOf, summaryOf } from '../../src/scan/markdown';

test('the findings, those that stay and what is called where', () => {
  const result = scanned(calling('global', documented('global', 'eu-west-1')), {
    region: 'eu-west-1', residency: ['eu'], acknowledgements: [{ rule: 'residency', resource: 'Fn', reason: 'Only <b>public</b> | texts', by: 'file' }],
  });
  expect(markdownOf(result).split('\n')).toEqual([
    '### Calls of Claude models', '', 'Nothing found; 1 acknowledged.', '',
    '<details><summary>Acknowledged</summary>', '', '| rule | where | why it stays |', '| --- | --- | --- |',
    '| residency | Fn in app.template.json | Only \\<b\\>public\\</b\\> \\| texts |', '', '</details>', '',
    '| caller | profile | from | may run in |', '| --- | --- | --- | --- |',
    '| Fn in app.template.json | global.anthropic.claude-haiku-4-5-20251001-v1:0 | eu-west-1 | any commercial AWS Region |', '',
  ]);
});

test('a summary counts what is open', () => {
  const { findings } = scanned({ ...calling('apac', []), Other: calling('eu', [{ Action: 'bedrock:*', Resource: '*' }]).Role, Fn2: { ...calling('apac', []).Fn } }, { region: 'eu-west-1' });
  expect(summaryOf(findings)).toBe('2 errors.');
  expect(summaryOf([])).toBe('Nothing found.');
});
