import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/scan/rules';

const PAGE = readFileSync(join(__dirname, '../../docs/scan.md'), 'utf8');

test('docs/scan.md has each rule as the code has it, in its order', () => {
  const rows = [...PAGE.matchAll(/^\| <a id="([\w-]+)"><\/a>`([\w-]+)` \| (\w+) \| (.+) \|$/gm)];
  expect(rows.map(([, anchor, id, severity, title]) => ({ anchor, id, severity, title })))
    .toEqual(RULES.map(({ id, severity, title }) => ({ anchor: id, id, severity, title })));
});

test('a rule has a file of its own, by its name', () => {
  for (const { id } of RULES) expect(readFileSync(join(__dirname, `../../src/scan/rules/${id}.ts`), 'utf8')).toContain(`id: '${id}'`);
});
