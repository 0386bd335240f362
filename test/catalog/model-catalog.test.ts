import * as fc from 'fast-check';
import { ModelCard, ModelCatalog } from '../../src';
import { GEOGRAPHIES, MANTLE_MODEL_ID, MODEL_ID } from '../fixtures/documented-regions';
import '../property-seed';

const NAMES = [
  'Claude Haiku 4.5', MODEL_ID, MANTLE_MODEL_ID, ...[...GEOGRAPHIES, 'global'].map((prefix) => `${prefix}.${MODEL_ID}`),
  'claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5@20251001', 'aws__claude_4_5_haiku', 'AWS Claude Haiku 4.5',
  'anthropic/claude-haiku-4.5', 'ANTHROPIC_CLAUDE_HAIKU_4_5_20251001_V1_0', 'Anthropic Claude Haiku 4.5', 'Haiku 4.5',
];
const ARNS = [
  ...['', 'us-east-1', 'eu-west-2'].map((region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL_ID}`),
  `arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/${MODEL_ID}`,
  `arn:aws:bedrock:eu-west-1::foundation-model/${MANTLE_MODEL_ID}`,
  ...[...GEOGRAPHIES, 'global'].map((prefix) => `arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${prefix}.${MODEL_ID}`),
];
const OWN = ModelCard.of({
  name: 'Claude Haiku Next',
  modelId: 'anthropic.claude-haiku-next-v1:0',
  sourceUrl: 'https://example.com/card',
  asOf: '2026-11',
  globalSources: { regions: ['eu-west-1'], sourceUrl: 'https://example.com/card', asOf: '2026-11' },
});

test.each([...NAMES, ...ARNS])('%s finds Claude Haiku 4.5', (name) => {
  expect(ModelCatalog.find(name)).toBe(ModelCard.CLAUDE_HAIKU_4_5);
  expect(ModelCatalog.require(name)).toBe(ModelCard.CLAUDE_HAIKU_4_5);
});

/** How the pages that the card cites write the model's name, each with one of its pages. */
test.each([
  ['Claude Haiku 4.5', 'the model card of Amazon Bedrock'],
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'the model card of Amazon Bedrock'],
  ['anthropic.claude-haiku-4-5', 'the model card of Amazon Bedrock'],
  ['AWS Claude Haiku 4.5', 'the model card of Box'],
  ['aws__claude_4_5_haiku', 'the model card of Box'],
  ['claude-haiku-4-5', 'Anthropic\'s list of models'],
  ['claude-haiku-4-5-20251001', 'Anthropic\'s list of models'],
  ['Haiku 4.5', 'tutorials'],
  ['Anthropic Claude Haiku 4.5', 'the quotas of Amazon Bedrock'],
  ['anthropic/claude-haiku-4.5', 'gateways'],
  ['claude-haiku-4.5', 'other tools'],
  ['haiku-4.5', 'other tools'],
  ['claude_haiku_4_5', 'other tools'],
  ['anthropic/claude-haiku-4-5', 'other tools'],
  ['Anthropic — Claude Haiku 4.5', 'headings'],
])('%s, as in %s, finds the card', (name) => expect(ModelCatalog.find(name)).toBe(ModelCard.CLAUDE_HAIKU_4_5));

test.each(ModelCatalog.cards.flatMap((card) => {
  const short = card.name.replace('Claude ', '');
  const dashed = card.name.toLowerCase().replace(/[ .]/g, '-');
  return [
    card.name, short, dashed, short.toLowerCase().replace(/[ .]/g, '-'), card.modelId, /^anthropic\.(.*?)(?:-v1(?::0)?)?$/.exec(card.modelId)![1], `Anthropic ${card.name}`, `anthropic/${dashed}`,
    ...card.inferenceProfileIds, `arn:aws:bedrock:us-east-1::foundation-model/${card.modelId}`, ...card.mantleModelId === undefined ? [] : [card.mantleModelId],
  ].map((name) => [name, card] as const);
}))('%s finds its own card and no other', (name, card) => expect(ModelCatalog.find(name)).toBe(card));

test.each([
  ['claude-sonnet-4.7', 'claude-sonnet-4-6'],
  ['Claude Sonet 4.5', 'Claude Sonnet 4.5'],
  ['us.anthropic.claude-opus-5-6', 'us.anthropic.claude-opus-5-5'],
])('%s is not known, and the nearest name is one of the model %s', (name, nearest) => {
  const offered = /nearest are (.*?)\. For/.exec(messageOf(name))![1].match(/[^", ]+[^"]*[^", ]/g)!;
  expect(ModelCatalog.find(offered[0])).toBe(ModelCatalog.find(nearest));
});

test('case and spaces do not matter', () => {
  const spelled = fc.constantFrom(...NAMES, ...ARNS).chain((name) => fc.tuple(...[...name].map((letter) => fc.tuple(
    fc.constantFrom(letter, letter.toUpperCase(), letter.toLowerCase()),
    // A space may come or go between words, and around the name.
    /\s/.test(letter) ? fc.constantFrom('', ' ', '  ', '\t') : fc.constant(undefined),
  )), fc.constantFrom('', ' ', '\n')).map((parts) => {
    const around = parts.at(-1) as string;
    const letters = (parts.slice(0, -1) as Array<[string, string | undefined]>).map(([letter, space]) => space ?? letter);
    return around + letters.join('') + around;
  }));
  fc.assert(fc.property(spelled, (name) => {
    expect(ModelCatalog.find(name)).toBe(ModelCard.CLAUDE_HAIKU_4_5);
  }));
});

test('dashes, punctuation and spaces do not matter in a name, as long as numbers stay apart', () => {
  const separators = fc.array(fc.constantFrom('-', '_', '.', ' ', '/', ':', '@', ' — ', '\u00a0'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
  const spelled = fc.constantFrom(...NAMES).chain((name) => {
    const parts = name.split(/[-_.\s/:@]+/);
    return fc.tuple(...parts.map((part, at) => {
      const apart = at > 0 && /\d$/.test(parts[at - 1]) && /^\d/.test(part);
      return (apart ? separators : fc.oneof(separators, fc.constant(''))).map((before) => (at === 0 ? '' : before) + part);
    })).map((all) => all.join(''));
  });
  fc.assert(fc.property(spelled, (name) => {
    expect(ModelCatalog.find(name)).toBe(ModelCard.CLAUDE_HAIKU_4_5);
  }));
});

test('a name with another letter or number, another geography, version or pattern is another', () => {
  const changed = fc.constantFrom(...NAMES, ...ARNS).chain((name) => fc.tuple(fc.constant(name), fc.nat(name.length), fc.constantFrom('7', 'x', '*', '?', '+', 'é', '7-')));
  fc.assert(fc.property(changed, ([name, at, more]) => {
    // The account and the Region of an ARN may be any; an added dash is none of the changes.
    const inArn = name.startsWith('arn:') && at <= name.lastIndexOf('/');
    if (!inArn) expect(ModelCatalog.find(name.slice(0, at) + more + name.slice(at))).toBeUndefined();
  }), { numRuns: 2000 });
  const prefixes = fc.stringMatching(/^[a-z]{2,8}(-[a-z]{2,4})?$/).filter((prefix) => ![...GEOGRAPHIES, 'global'].includes(prefix));
  fc.assert(fc.property(prefixes, fc.constantFrom('.', '-', '_'), (prefix, dot) => {
    expect(ModelCatalog.find(`${prefix}${dot}${MODEL_ID}`)).toBeUndefined();
    expect(ModelCatalog.find(`arn:aws:bedrock:eu-west-2:111122223333:inference-profile/${prefix}${dot}${MODEL_ID}`)).toBeUndefined();
  }));
});

test('in an ARN dashes and punctuation do matter', () => {
  for (const arn of ARNS) {
    const end = arn.lastIndexOf('/') + 1;
    const loose = arn.slice(0, end) + arn.slice(end).replace(/[.:]/g, '-');
    expect([loose, ModelCatalog.find(loose)]).toEqual([loose, undefined]);
  }
});

test('a name that two cards have but for punctuation is that of the card which has it so, and else of none', () => {
  const own = ModelCard.of({ ...OWN._toProps(), name: 'Claude-Haiku-4,5' });
  expect(ModelCatalog.find('claude-haiku-4,5', [own])).toBe(own);
  expect(ModelCatalog.find('Claude Haiku 4.5', [own])).toBe(ModelCard.CLAUDE_HAIKU_4_5);
  expect(ModelCatalog.find('claude_haiku_4.5', [own])).toBeUndefined();
  const newer = ModelCard.CLAUDE_HAIKU_4_5.extend({});
  expect(ModelCatalog.find('claude_haiku_4.5', [newer])).toBe(newer);
});

test.each([
  '', '-', '.', '...', '4.5', 'claude-haiku-45', 'claude-haiku-4-50', 'claude-haiku-4-5-20251002', 'claude-3-5-haiku', 'Claude Haiku 6', 'claude-sonnet-4-7', 'Sonnet', 'Opus 4', `eu.eu.${MODEL_ID}`,
  `${MODEL_ID}:1`, 'anthropic.claude-haiku-4-5-20251001-v2:0', 'anthropic.claude-haiku-4-5-20251001-v10', `us-gov.${MODEL_ID}`, `*.${MODEL_ID}`, `${MODEL_ID}*`,
  'claude-haiku-4-6', 'haiku', `apac.${MODEL_ID}`, `arn:aws:bedrock:ap-south-1:111122223333:inference-profile/apac.${MODEL_ID}`,
  'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/a1b2c3', `arn:aws:s3:::foundation-model/${MODEL_ID}`,
  `arn:aws:bedrock:us-east-1::foundation-model/x/${MODEL_ID}`, 'constructor', `${MODEL_ID}${' '.repeat(200)}`,
])('%p finds nothing', (name) => {
  expect(ModelCatalog.find(name)).toBeUndefined();
});

test.each([
  ['claude-haiku-4.6', ['claude-haiku-4-5', 'claude-haiku-4-5@20251001', 'Claude Haiku 4.5']],
  ['claude-haiku-4-5-20251002', ['claude-haiku-4-5-20251001', 'claude-haiku-4-5@20251001', 'claude-haiku-4-5']],
  [`apac.${MODEL_ID}`, [`au.${MODEL_ID}`, `us.${MODEL_ID}`, `eu.${MODEL_ID}`]],
  ['anthropic.claude-haiku-4-5-v1:0', [MANTLE_MODEL_ID, MODEL_ID, `us.${MODEL_ID}`]],
  ['Haiku', ['Haiku 4.5', 'claude-haiku-4-5', 'Claude Haiku 4.5']],
])('%s is not known, and the nearest three are offered', (name, nearest) => {
  const message = messageOf(name);
  expect(message).toMatch(/^Model name is not known, got .*; the nearest are ".*", ".*", ".*"\. For another model, pass a card of your own, made with ModelCard\.of\(\.\.\.\)\.$/);
  expect(message).toContain(`got ${JSON.stringify(name)}; the nearest are ${JSON.stringify(nearest[0])}, `);
  expect(message.match(/"[^"]*"/g)).toHaveLength(4);
});

test.each([[7, '7'], [undefined, 'undefined'], [null, 'null'], [{}, '{}'], [['a'], '["a"]']])('%p is no name, and said so', (name, shown) => {
  expect(ModelCatalog.find(name as string)).toBeUndefined();
  expect(messageOf(name as string)).toMatch(`Model name is not known, got ${shown}; the nearest are "`);
});

test('a long text is not a name, and not repeated whole', () => {
  expect(messageOf('x'.repeat(100_000)).length).toBeLessThan(500);
});

test('a card of one\'s own is found by its names', () => {
  expect(ModelCatalog.find('Claude Haiku Next')).toBeUndefined();
  expect(ModelCatalog.find('global.anthropic.claude-haiku-next-v1:0', [OWN])).toBe(OWN);
  expect(ModelCatalog.require('claude-haiku-4-5', [OWN])).toBe(ModelCard.CLAUDE_HAIKU_4_5);
});

test('the names of a card of one\'s own are offered too', () => {
  expect(messageOf('claude haiku nxt', [OWN])).toBe(
    'Model name is not known, got "claude haiku nxt"; the nearest are "Claude Haiku Next", "claude-haiku-next", "Claude Haiku 4.5". '
    + 'For another model, pass a card of your own, made with ModelCard.of(...).');
});

test('a card of one\'s own is asked first', () => {
  const newer = ModelCard.CLAUDE_HAIKU_4_5.extend({ batch: { regions: ['me-west-1'], sourceUrl: 'https://example.com/card', asOf: '2026-11' } });
  expect(ModelCatalog.find('claude-haiku-4-5', [newer])).toBe(newer);
});

function messageOf(name: string, cards?: ModelCard[]): string {
  try {
    ModelCatalog.require(name, cards);
  } catch (error) {
    return (error as Error).message;
  }
  return 'known';
}
