// Every prop of every construct, and every parameter of every factory and method, is given everything that it is not made for.
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Callable, callablesOfApi, Field } from './callables';
import { ValidCalls } from './valid-values';
import * as api from '../../src';
import { CONSTRUCTS } from '../kit/every-construct';

const surface = callablesOfApi();
const calls = new ValidCalls(surface);
const circular: Record<string, unknown> = {};
circular.self = circular;

/** What people pass by mistake, made in the stack of the call. */
const GIVEN: Record<string, (stack: Stack) => unknown> = {
  'nothing': () => undefined,
  'null': () => null,
  'a text': () => 'some text!',
  'an empty text': () => '',
  'a number': () => 7,
  'zero': () => 0,
  'a fraction': () => 0.5,
  'not a number': () => NaN,
  'a negative number': () => -1,
  'an endless number': () => Infinity,
  'a bigint': () => 7n,
  'true': () => true,
  'false': () => false,
  'an empty list': () => [],
  'a list of null': () => [null],
  'a list of numbers': () => [7],
  'an empty object': () => ({}),
  'an object of another shape': () => ({ mine: { deep: 7 } }),
  'an object without a prototype': () => Object.create(null) as unknown,
  'an object in itself': () => circular,
  'a symbol': () => Symbol('mine'),
  'a function': () => () => 7,
  'a class': () => api.HaikuInvoker,
  'a date': () => new Date(0),
  'a map': () => new Map([['a', 1]]),
  'a token of text': () => Token.asString({ Ref: 'Text' }),
  'a token of a number': () => Token.asNumber({ Ref: 'Number' }),
  'a token of a list': () => Token.asList({ Ref: 'List' }),
  'a token of anything': () => Lazy.any({ produce: () => 'x' }),
  'an app': () => new App(),
  'a stack': (stack) => stack,
  'a role': (stack) => new Role(stack, 'GivenRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
  'a queue': (stack) => new Queue(stack, 'GivenQueue'),
  'a card': () => api.ModelCard.CLAUDE_HAIKU_4_5,
  'a geography': () => api.Geography.EU,
  'a routing': () => api.InferenceRouting.globalCrossRegion(),
  'a route': () => api.InferenceRouter.route({ model: api.ModelCard.CLAUDE_HAIKU_4_5, routing: api.InferenceRouting.globalCrossRegion(), sourceRegion: 'us-east-1' }).route,
  'an escalation': (stack) => api.Escalation.to(new api.CrossRegionInferenceProfile(stack, 'GivenRung', { model: api.ModelCard.CLAUDE_SONNET_4_6 }), { when: [api.EscalationTrigger.refusal()] }),
  'a trigger': () => api.EscalationTrigger.notJson(),
  'a share': () => api.TrafficShare.percent(1),
  'a sampling': () => api.Sampling.topP(1),
  'a service tier': () => api.ServiceTier.RESERVED,
  'prompt caching': () => api.PromptCaching.systemPrompt(),
  'a function URL': () => api.InvokerFunctionUrl.streaming(),
  'a system prompt source': (stack) => api.SystemPromptSource.fromBucket(new Bucket(stack, 'GivenBucket'), 'prompt.txt'),
  'a guardrail': () => api.InvokerGuardrail.fromGuardrailId('a1b2c3', { guardrailVersion: '1' }),
  ...Object.fromEntries(Object.keys(CONSTRUCTS).map((owner) => [`a construct: ${owner}`, (stack: Stack) => calls.construct(owner, new Construct(stack, 'Given'))])),
  'an imported profile': (stack) => api.ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'GivenImport', {
    inferenceProfileArn: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc',
    copyFrom: new api.CrossRegionInferenceProfile(stack, 'GivenOriginal'),
  }),
};

/** Everything of a call that can be exchanged, down to the fields of our own structs. Scope and id are the business of constructs. */
function placesOf({ parameters }: Callable): string[][] {
  return parameters.filter(({ name }) => name !== 'scope' && name !== 'id').flatMap((field) => placesIn(field, []));
}

function placesIn({ name, type, list }: Field, above: string[]): string[][] {
  const place = [...above, name];
  const fields = (surface.structs[type] ?? []).flatMap((field) => placesIn(field, list ? [...place, '0'] : place));
  return [place, ...(list ? [[...place, '0']] : []), ...fields];
}

/** Errors of the language itself, and what a careless message holds. */
const UNREADABLE = /Cannot (read|convert|destructure|set|mix|assign)|is not (a function|iterable|defined)|circular structure|call stack|\[object |Invalid (array|string) length/;

/** What is wrong with the answer to one mistake, if anything is. */
function fault(callable: Callable, place: string[], given: string): string | undefined {
  const stack = ValidCalls.stack();
  try {
    const value = GIVEN[given](stack);
    calls.call(callable, stack, place, value);
    // What makes no construct is in no template.
    if (stack.node.children.length === 0) return undefined;
    const { template } = (stack.node.root as App).synth().getStackByName('Stack') as { template: unknown };
    return /\[object |\bNaN\b|undefined/.test(JSON.stringify(template)) ? 'it stands in the template' : undefined;
  } catch (thrown) {
    const { name, message } = thrown as Error;
    if (name !== 'CdkBedrockHaikuError') return `${name}: ${message}`;
    return UNREADABLE.test(message) || message.length > 5000 ? message : undefined;
  }
}

test('the compiler sees the whole API', () => {
  expect(Object.keys(CONSTRUCTS).length).toBeGreaterThanOrEqual(6);
  expect(surface.callables.length).toBeGreaterThan(40);
  expect(surface.structs).toMatchObject({ HaikuInvokerProps: expect.arrayContaining([expect.objectContaining({ name: 'retry', type: 'InvokerRetry' })]) });
});

test.each(surface.callables.map((callable): [string, Callable] => [`${callable.owner}.${callable.name}`, callable]))('%s works as it is meant to be called', (name, callable) => {
  const stack = ValidCalls.stack();
  const act = () => {
    calls.call(callable, stack, []);
    (stack.node.root as App).synth();
  };
  if (['ModelCard.fromFile', 'ServiceControlPolicies.fromFile', 'SystemPromptSource.fromAsset'].includes(name)) expect(act).toThrow('File cannot be read, got "haiku.json" (ENOENT)');
  else expect(act).not.toThrow();
});

test.each(surface.callables.map((callable): [string, Callable] => [`${callable.owner}.${callable.name}`, callable]))(
  '%s works or says what is wrong, whatever it is given', (_, callable) => {
    const faults = placesOf(callable).flatMap((place) => Object.keys(GIVEN).flatMap((given) => {
      const found = fault(callable, place, given);
      return found === undefined ? [] : [`${place.join('.')}, given ${given}: ${found.slice(0, 300)}`];
    }));
    expect(faults).toEqual([]);
  }, 300_000);
