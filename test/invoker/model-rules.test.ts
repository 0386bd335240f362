import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CrossRegionInferenceProfile, EffortLevel, HaikuInvoker, InferenceRouting, ModelCard, ModelCatalog } from '../../src';
import { readConfig } from '../../src/handlers/invoke/config/config';
import { CONVERSE } from '../../src/handlers/invoke/dialects/converse-dialect';
import { MESSAGES } from '../../src/handlers/invoke/dialects/messages-dialect';
import { EVERY_FACT } from '../catalog/every-fact';
import { DOCUMENTED_MODELS, DocumentedModel } from '../fixtures/documented-models';
import { stackIn } from '../kit/stack';

const MESSAGE = [{ role: 'user', content: 'Hello' }];
const BLOCKS = [{ role: 'user', content: [{ text: 'Hello' }] }];

interface Asked {
  readonly thinking?: object;
  readonly effort?: string;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
}

/** What the function of an invoker of the card says against events of both dialects; nothing if it would send them. */
function refusals(card: ModelCard): (asked: Asked) => Array<string | undefined> {
  const stack = stackIn('eu-west-1');
  const [sourceRegion] = card.globalSources!.regions;
  const target = new CrossRegionInferenceProfile(stack, 'Model', { model: card, routing: InferenceRouting.globalCrossRegion(), sourceRegion });
  new HaikuInvoker(stack, 'Invoker', { target });
  const [{ Properties: properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')) as Array<{
    Properties: { Environment: { Variables: Record<string, string> } };
  }>;
  const config = readConfig(properties.Environment.Variables);
  const said = (prepare: () => unknown) => {
    try {
      prepare();
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return ({ thinking, effort, temperature, top_p: topP, top_k: topK }) => [
    said(() => MESSAGES.prepare({ messages: MESSAGE, thinking, output_config: { effort }, temperature, top_p: topP, top_k: topK }, config, true)),
    said(() => CONVERSE.prepare({
      messages: BLOCKS, inferenceConfig: { temperature, topP }, additionalModelRequestFields: { thinking, top_k: topK }, outputConfig: { effort },
    }, config, true)),
  ];
}

const THINKING = { enabled: { type: 'enabled', budget_tokens: 1024 }, adaptive: { type: 'adaptive' }, disabled: { type: 'disabled' } };
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];

function takes({ limits: { thinking, samplingParametersAccepted } }: DocumentedModel, { thinking: asked, effort, ...sampling }: Asked): boolean {
  const type = (asked as { type?: string } | undefined)?.type;
  const levels = Array.isArray(thinking.effort) ? thinking.effort : undefined;
  const most = type === 'disabled' && thinking.effortCapWhenDisabled ? EFFORTS.indexOf(thinking.effortCapWhenDisabled) : Infinity;
  return (type === undefined || !thinking.values || thinking.values.includes(type))
    && (effort === undefined || !levels || (levels.includes(effort) && EFFORTS.indexOf(effort) <= most))
    && (samplingParametersAccepted || Object.values(sampling).every((value) => value === undefined));
}

test.each(DOCUMENTED_MODELS)('an invoker of %s refuses what the model does not take, and nothing else', (_, documented) => {
  const said = refusals(ModelCatalog.require(documented.name));
  const asked: Asked[] = [
    {}, ...Object.values(THINKING).map((thinking) => ({ thinking })), ...EFFORTS.map((effort) => ({ effort })),
    ...EFFORTS.flatMap((effort) => Object.values(THINKING).map((thinking) => ({ thinking, effort }))),
    { temperature: 0.5 }, { top_p: 0.5 }, { top_k: 5 },
  ];
  for (const event of asked) {
    const expected = takes(documented, event) ? [undefined, undefined] : [expect.any(String), expect.any(String)] as string[];
    expect([event, said(event)]).toEqual([event, expected]);
  }
});

const EXTRA = 'additionalModelRequestFields';

test.each<[string, ModelCard, Asked, string, string]>([
  ['a budget', ModelCard.CLAUDE_HAIKU_5_5, { thinking: THINKING.enabled },
    '"thinking.type" is not as the model takes it: it takes "adaptive", "disabled". Ask for an effort with "output_config.effort" in place of a budget.',
    `"${EXTRA}.thinking.type" is not as the model takes it: it takes "adaptive", "disabled". Ask for an effort with "outputConfig.effort" in place of a budget.`],
  ['no thinking', ModelCard.CLAUDE_OPUS_5_5, { thinking: THINKING.disabled },
    '"thinking.type" is not as the model takes it: it takes "adaptive".', `"${EXTRA}.thinking.type" is not as the model takes it: it takes "adaptive".`],
  ['adaptive thinking', ModelCard.CLAUDE_HAIKU_4_5, { thinking: THINKING.adaptive },
    '"thinking.type" is not as the model takes it: it takes "enabled", "disabled".',
    `"${EXTRA}.thinking.type" is not as the model takes it: it takes "enabled", "disabled".`],
  ['an effort', ModelCard.CLAUDE_SONNET_4_6, { effort: 'xhigh' },
    '"output_config.effort" is not as the model takes it beside this thinking: it takes "low", "medium", "high", "max".',
    '"outputConfig.effort" is not as the model takes it beside this thinking: it takes "low", "medium", "high", "max".'],
  ['an effort without thinking', ModelCard.CLAUDE_OPUS_5, { effort: 'max', thinking: THINKING.disabled },
    '"output_config.effort" is not as the model takes it beside this thinking: it takes "low", "medium", "high".',
    '"outputConfig.effort" is not as the model takes it beside this thinking: it takes "low", "medium", "high".'],
  ['sampling', ModelCard.CLAUDE_OPUS_4_8, { top_p: 0.9 },
    '"top_p" is no sampling parameter of the model: it takes none.', '"inferenceConfig.topP" is no sampling parameter of the model: it takes none.'],
  ['some sampling', ModelCard.of({ ...EVERY_FACT, limits: { ...EVERY_FACT.limits!, samplingParameters: ['temperature'] } }), { temperature: 0.5, top_k: 3 },
    '"top_k" is no sampling parameter of the model: it takes "temperature".', `"${EXTRA}.top_k" is no sampling parameter of the model: it takes "temperature".`],
])('%s is refused in the words of each dialect', (_, card, asked, messages, converse) => {
  expect(refusals(card)(asked)).toEqual([messages, converse]);
});

test('a temperature of 1, which changes nothing, is left to the service', () => {
  expect(refusals(ModelCard.CLAUDE_HAIKU_5_5)({ temperature: 1 })).toEqual([undefined, undefined]);
});

/** What both dialects send to the model of an event, by an invoker with this default effort. */
function efforts(effort: EffortLevel, asked: Asked): Array<string | undefined> {
  const options = JSON.stringify({ effort, limits: { effortLevels: EFFORTS, maxEffortWhenDisabled: 'high' } });
  const config = readConfig({ MODEL_ID: 'anthropic.claude-haiku-5-5', MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-1', INVOKER_OPTIONS: options });
  const { thinking, effort: given } = asked;
  const messages = MESSAGES.prepare({ messages: MESSAGE, thinking, ...given && { output_config: { effort: given } } }, config, true).body;
  const more = { additionalModelRequestFields: { thinking }, ...given && { outputConfig: { effort: given } } };
  const converse = CONVERSE.prepare({ messages: BLOCKS, ...more }, config, true).body;
  return [messages.output_config, converse.outputConfig].map((output) => (output as { effort?: string } | undefined)?.effort);
}

test.each<[EffortLevel, Asked, string | undefined]>([
  [EffortLevel.MAX, {}, 'max'],
  [EffortLevel.MAX, { effort: 'low' }, 'low'],
  [EffortLevel.MAX, { thinking: THINKING.adaptive }, 'max'],
  [EffortLevel.MAX, { thinking: THINKING.disabled }, undefined],
  [EffortLevel.HIGH, { thinking: THINKING.disabled }, 'high'],
])('the default effort %s is sent with an event of %j as %p', (effort, asked, sent) => {
  expect(efforts(effort, asked)).toEqual([sent, sent]);
});

test('an effort beside the format of an answer keeps the format', () => {
  const config = readConfig({
    MODEL_ID: 'anthropic.claude-haiku-5-5',
    MODEL_ENDPOINT: 'bedrock-runtime',
    MODEL_REGION: 'eu-west-1',
    INVOKER_OPTIONS: JSON.stringify({ effort: 'low', limits: { effortLevels: EFFORTS } }),
  });
  const format = { type: 'json_schema', schema: {} };
  expect(MESSAGES.prepare({ messages: MESSAGE, output_config: { format } }, config, true).body.output_config).toEqual({ effort: 'low', format });
});

test('an effort of the construct is checked against the card, and told to the handler where the card has it', () => {
  const made = (model: ModelCard, effort: EffortLevel) => {
    const stack = stackIn('eu-west-1');
    new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Model', { model }), effort });
    const [{ Properties: properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')) as Array<{
      Properties: { Environment: { Variables: { INVOKER_OPTIONS: string } } };
    }>;
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
    return [(JSON.parse(properties.Environment.Variables.INVOKER_OPTIONS) as { effort?: string }).effort, warnings];
  };
  expect(made(ModelCard.CLAUDE_HAIKU_5_5, EffortLevel.XHIGH)).toEqual(['xhigh', []]);
  expect(made(ModelCard.CLAUDE_HAIKU_4_5, EffortLevel.LOW)).toEqual([undefined, [
    'effort is not sent with the calls: the card of Claude Haiku 4.5 (as of 2026-10) does not say which efforts the model takes. '
    + 'If it does, add them to limits.thinking.effortLevels of the card; if it does not, leave effort out. [ack: cdk-bedrock-haiku:HaikuInvoker.notOnCard]',
  ]]);
  expect(() => made(ModelCard.CLAUDE_SONNET_4_6, EffortLevel.XHIGH)).toThrow(new Error(
    'effort is not one that Claude Sonnet 4.6 takes, got "xhigh"; expected one of "low", "medium", "high", "max" (as of 2026-10). Use one of these, or leave effort out.'));
});

test('who may not set thinking may not set the effort either, in Converse\'s own words', () => {
  const config = readConfig({
    MODEL_ID: 'anthropic.claude-haiku-5-5', MODEL_ENDPOINT: 'bedrock-runtime', MODEL_REGION: 'eu-west-1', INVOKER_OPTIONS: JSON.stringify({ lockedFields: ['thinking'] }),
  });
  expect(() => CONVERSE.prepare({ messages: BLOCKS, outputConfig: { effort: 'max' } }, config, true)).toThrow(
    'The event sets "outputConfig.effort", which this invoker has locked. Leave "outputConfig.effort" out.');
});

test.each([[ModelCard.CLAUDE_SONNET_4_6, true], [ModelCard.CLAUDE_OPUS_4_6, true], [ModelCard.CLAUDE_HAIKU_4_5, false]])(
  'a thinking budget warns where AWS advises against it: %#', (model, warns) => {
    const stack = stackIn('eu-west-1');
    const target = new CrossRegionInferenceProfile(stack, 'Model', { model });
    new HaikuInvoker(stack, 'Plain', { target });
    new HaikuInvoker(stack, 'Invoker', { target, thinkingBudgetTokens: 2_000 });
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ id, entry }) => [id, entry.data])).toEqual(warns ? [['/Stack/Invoker',
      `thinkingBudgetTokens still works with ${model.name}, but AWS advises against a thinking budget (as of 2026-10), and later models take none. `
      + 'Leave it out, let events ask for adaptive thinking, and say how much with effort. [ack: cdk-bedrock-haiku:HaikuInvoker.thinkingBudgetDeprecated]']] : []);
  });
