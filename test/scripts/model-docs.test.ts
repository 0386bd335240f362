import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelDocs } from '../../scripts/model-docs';
import { ModelCatalog } from '../../src';

const PAGES = Object.entries(modelDocs());

test.each(PAGES)('docs/%s is what the cards say: npx tsx scripts/model-docs.ts writes it anew', (file, text) => {
  expect(readFileSync(join(__dirname, '../../docs', file), 'utf8')).toBe(text);
});

test('each model has its row in each table, and each move its table', () => {
  const { 'models.md': models, 'moving.md': moving } = modelDocs();
  for (const { name, lifecycle } of ModelCatalog.cards) {
    expect(models.split(`\n| ${name} | `)).toHaveLength(4);
    expect(moving.includes(`## ${name} to ${lifecycle!.successor}\n`)).toBe(lifecycle!.successor !== undefined);
  }
});
