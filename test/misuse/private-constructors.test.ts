// JavaScript has no private constructors: what is made with one would go on unchecked.
import { callablesOfApi } from './callables';
import * as api from '../../src';
import { CITED } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const withConstructor = callablesOfApi().callables.filter(({ name }) => name === 'new').map(({ owner }) => owner);
/** The classes whose objects our props take: each knows its own by a mark. */
const marked = Object.entries(api as unknown as Record<string, new (...given: unknown[]) => unknown>)
  .filter(([name, type]) => typeof type === 'function' && !withConstructor.includes(name)
    && Object.getOwnPropertySymbols(type.prototype).some(({ description }) => description === `cdk-bedrock-haiku.${name}`));

test('every class of values is there', () => {
  expect(marked.map(([name]) => name).sort()).toEqual(
    [
      'AlarmLimit',
      'BulkRate',
      'CostTag',
      'Escalation',
      'EscalationTrigger',
      'Geography',
      'InferenceRouting',
      'InvokerFunctionUrl',
      'InvokerGuardrail',
      'ModelCard',
      'PromptCaching',
      'QueueOutput',
      'Sampling',
      'ServiceControlPolicies',
      'ServiceControlRule',
      'ServiceTier',
      'SystemPromptSource',
      'Traffic',
      'TrafficShare',
    ]);
});

test.each(marked)('new %s(...) is refused, whatever it is given', (name, type) => {
  const row = { geography: 'eu', sourceRegion: 'eu-west-1', destinationRegions: ['eu-west-1'], sourceUrl: 'https://example.com', asOf: '2026-10' };
  for (const given of [[], [undefined], [Symbol('factory'), 'eu'], ['eu'], [5], [{ name: Symbol('x'), geoRoutes: 5 }], [{ geoRoutes: [row] }], [Object.create(null)]]) {
    const text = thrown(() => new type(...given));
    expect(text).toMatch(new RegExp(`^${name} has no public constructor, got new ${name}\\(\\.\\.\\.\\); expected ${name}\\..*\\. Call that instead: it checks what it is given\\.$`));
  }
});

test('the message names the factories', () => {
  const [, type] = marked.find(([name]) => name === 'ModelCard')!;
  expect(thrown(() => new type({}))).toBe('ModelCard has no public constructor, got new ModelCard(...); '
    + 'expected ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...). Call that instead: it checks what it is given.');
});

test.each<[string, object, string]>([
  ...[true, 5, NaN, 'x', '', {}, new Map()].map((geoRoutes): [string, object, string] => ['geoRoutes', { geoRoutes }, 'geoRoutes: got ']),
  ...[null, undefined, 'a', 1, []].map((row): [string, object, string] => ['geoRoutes', { geoRoutes: [row] }, 'geoRoutes[0]']),
  ['a geography as text', { geoRoutes: [{ ...CITED, geography: 'eu', sourceRegion: 'eu-west-1', destinationRegions: ['eu-west-1'] }] },
    'geoRoutes[0].geography: got "eu"; expected a Geography'],
  ...[Symbol('x'), Object.create(null), new String('x'), 5, null].map((name): [string, object, string] => ['name', { name }, 'name: got ']),
])('%s of the wrong kind is named by both doors of a card', (_, wrong, problem) => {
  const globalSources = { ...CITED, regions: ['us-east-1'] };
  const sound = { ...CITED, name: 'Mine', modelId: 'anthropic.mine-v1:0', globalSources };
  const doors = [() => api.ModelCard.of({ ...sound, ...wrong }), ...('geoRoutes' in wrong ? [() => api.ModelCard.of(sound).extend(wrong as never)] : [])];
  for (const door of doors) expect(thrown(door)).toContain(problem);
});
