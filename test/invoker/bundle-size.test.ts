import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BUNDLES = ['invoke-model', 'invoke-model-converse', 'invoke-model-stream'];
const folder = (bundle: string) => resolve(__dirname, '../../assets', bundle);
const text = (bundle: string, file = 'main.cjs') => readFileSync(join(folder(bundle), file), 'utf8');

test.each(BUNDLES)('%s has at most 62 kB, all its files together', (bundle) => {
  const sizes = readdirSync(folder(bundle)).map((file) => statSync(join(folder(bundle), file)).size);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(62_000);
});

test('what a deployment does not use, its bundle does not hold', () => {
  const holds = (bundle: string) => ({
    converse: text(bundle).includes('inferenceConfig'),
    messages: text(bundle).includes('anthropic_version'),
    streaming: text(bundle).includes('streamifyResponse'),
  });
  expect(holds('invoke-model')).toEqual({ converse: false, messages: true, streaming: false });
  expect(holds('invoke-model-converse')).toEqual({ converse: true, messages: false, streaming: false });
  expect(holds('invoke-model-stream')).toEqual({ converse: false, messages: true, streaming: true });
});

test('an init loads four of Node\'s modules at most, and nothing from another folder', () => {
  const loaded = (bundle: string) => [...new Set([...text(bundle).matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name))].sort();
  expect(loaded('invoke-model')).toEqual(['node:crypto', 'node:http', 'node:https']);
  expect(loaded('invoke-model-stream')).toEqual(['node:crypto', 'node:http', 'node:https', 'node:zlib']);
});
