import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

const file = (bundle: string) => resolve(__dirname, '../../assets', bundle, 'main.cjs');
const text = (bundle: string) => readFileSync(file(bundle), 'utf8');

test.each(['invoke-model', 'invoke-model-converse', 'invoke-model-stream'])('%s has at most 60 kB', (bundle) => {
  expect(statSync(file(bundle)).size).toBeLessThanOrEqual(60_000);
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

test('a bundle loads five of Node\'s modules at most, and nothing from a folder', () => {
  const modules = [...text('invoke-model-stream').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect([...new Set(modules)].sort()).toEqual(['node:console', 'node:crypto', 'node:http', 'node:https', 'node:zlib']);
  expect([...new Set([...text('invoke-model').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name))].sort())
    .toEqual(['node:console', 'node:crypto', 'node:http', 'node:https']);
});
