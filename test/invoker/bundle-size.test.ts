import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BUNDLES = ['invoke-model', 'invoke-model-converse', 'invoke-model-stream'];
const folder = (bundle: string) => resolve(__dirname, '../../assets', bundle);
const text = (bundle: string, file = 'main.cjs') => readFileSync(join(folder(bundle), file), 'utf8');

test.each([['invoke-model', 41, 65], ['invoke-model-converse', 42, 66], ['invoke-model-stream', 47, 71]])(
  'an init of %s and a call that succeeds read at most %i kB of code; with what only failed calls load it has at most %i kB', (bundle, init, all) => {
    const sizes = Object.fromEntries(readdirSync(folder(bundle)).map((file) => [file, statSync(join(folder(bundle), file)).size]));
    expect(Object.keys(sizes).sort()).toEqual(['explain.cjs', 'gen-ai.cjs', 'index.js', 'main.cjs', 'role-session.cjs', 'sentences.cjs', 'system-prompt.cjs']);
    expect(sizes['index.js'] + sizes['main.cjs']).toBeLessThanOrEqual(init * 1000);
    expect(sizes['role-session.cjs']).toBeLessThanOrEqual(5000);
    expect(sizes['explain.cjs'] + sizes['sentences.cjs'] + sizes['index.js'] + sizes['main.cjs']).toBeLessThanOrEqual(all * 1000);
  });

test.each(BUNDLES)('%s loads what explains failures when a call has failed, and not before', (bundle) => {
  expect(text(bundle)).toContain('import("./explain.cjs")');
  for (const cause of ['INVALID_PAYMENT_INSTRUMENT', 'service control policy']) {
    expect(text(bundle)).not.toContain(cause);
    expect(text(bundle, 'explain.cjs')).toContain(cause);
  }
});

test.each(BUNDLES)('%s loads what reads a system prompt where there is one to read: at most 6 kB', (bundle) => {
  expect(text(bundle)).toContain('import("./system-prompt.cjs")');
  for (const part of ['AmazonSSM', 'x-amz-bucket-region']) {
    expect(text(bundle)).not.toContain(part);
    expect(text(bundle, 'system-prompt.cjs')).toContain(part);
  }
  expect(text(bundle, 'system-prompt.cjs').length).toBeLessThanOrEqual(6000);
});

test.each(BUNDLES)('%s loads what assumes a role where it has one to assume, and not before', (bundle) => {
  expect(text(bundle)).toContain('import("./role-session.cjs")');
  expect(text(bundle)).not.toContain('RoleSessionName');
  expect(text(bundle, 'role-session.cjs')).toContain('RoleSessionName');
  // It is given what is in the bundle already: a class of its own copy would not be known there.
  expect(text(bundle, 'role-session.cjs')).not.toContain('require(');
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

test('an init loads three of Node\'s modules, and nothing from another folder', () => {
  const loaded = (bundle: string) => [...new Set([...text(bundle).matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name).filter((name) => name !== './sentences.cjs'))].sort();
  for (const bundle of BUNDLES) expect(loaded(bundle)).toEqual(['node:crypto', 'node:http', 'node:https']);
});

test('a ladder takes at most 30 kB more, its judge of schemas with it, and what judges by schemas is in no handler itself', () => {
  const sizes = ['ladder.cjs', 'json-schema.cjs', 'verdict.cjs'].map((file) => statSync(join(folder('invoke-parts'), file)).size);
  expect(sizes[0] + sizes[1]).toBeLessThanOrEqual(30_000);
  expect(sizes[2]).toBeLessThanOrEqual(2000);
  expect(statSync(join(folder('invoke-parts'), 'traffic.cjs')).size).toBeLessThanOrEqual(12_500);
  for (const bundle of BUNDLES) {
    expect(text(bundle)).toContain('import("./ladder.cjs")');
    expect(text(bundle)).toContain('import("./traffic.cjs")');
    expect(readdirSync(folder(bundle)).some((file) => text(bundle, file).includes('unevaluatedProperties'))).toBe(false);
  }
});
