// Split and shadowed traffic as it is deployed, in processes of their own, before stand-ins of Bedrock, Lambda and Parameter Store.
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { deployedFunction } from './deployed-function';
import { functionUrlEvent } from './http-events';
import { MODEL_ID, REGION } from './test-invoker';
import {
  CrossRegionInferenceProfile, Escalation, EscalationTrigger, HaikuInvoker, HaikuInvokerProps, ModelCard, ShadowOptions, Traffic, TrafficOptions,
  TrafficShare,
} from '../../src';
import { BedrockStandIn, Fault } from '../stand-ins/bedrock-runtime';
import { LambdaFunctions } from '../stand-ins/lambda-function';
import { findRic, LambdaProcess, LOOP } from '../stand-ins/lambda-runtime-api';
import { PromptStores } from '../stand-ins/prompt-stores';

const DRIVERS = [LOOP, ...[findRic()].flatMap((driver) => driver === undefined ? [] : [driver])];
const NEXT = 'eu.anthropic.claude-haiku-5-5';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';

let bedrock: BedrockStandIn;
let functions: LambdaFunctions;
let stores: PromptStores;
let lambda: LambdaProcess | undefined;
beforeEach(async () => {
  const otherModels = { [NEXT]: { adaptiveOnly: true }, [SONNET]: { adaptiveOnly: false } };
  bedrock = await BedrockStandIn.start({ region: REGION, otherModels });
  [functions, stores] = await Promise.all([LambdaFunctions.start(REGION), PromptStores.start(REGION)]);
});
afterEach(async () => {
  await lambda?.stop();
  await Promise.all([bedrock.stop(), functions.stop(), stores.stop()]);
});

const next = (scope: Construct) => new CrossRegionInferenceProfile(scope, 'Next', { model: ModelCard.CLAUDE_HAIKU_5_5 });
const split = (options: TrafficOptions, props: (scope: Construct) => HaikuInvokerProps = () => ({})) => (scope: Construct) =>
  new HaikuInvoker(scope, 'Invoker', { traffic: Traffic.split(next(scope), options), ...props(scope) });
const shadowed = (options: Partial<ShadowOptions> = {}) => (scope: Construct) =>
  new HaikuInvoker(scope, 'Invoker', { traffic: Traffic.shadow(next(scope), { share: TrafficShare.percent(100), ...options }) });

describe.each(DRIVERS)('under $name', (driver) => {
  async function start(define: (scope: Construct) => HaikuInvoker): Promise<LambdaProcess> {
    const { handlerDir, env } = deployedFunction(REGION, define);
    const urls = { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url, AWS_ENDPOINT_URL_LAMBDA: functions.url, ...stores.environment };
    return lambda = await LambdaProcess.start({ handlerDir, handler: 'index.handler', driver, env: { ...env, ...urls } });
  }

  test('a call of the candidate\'s share goes to it, made over for it, and line and metrics say the arm', async () => {
    const process = await start(split({ share: TrafficShare.percent(100) }));
    const { response, stdout } = await process.invoke({ prompt: 'Hello', temperature: 0.5 });
    expect(response).toMatchObject({ model: 'claude-haiku-5-5' });
    const line = JSON.parse(stdout[0]);
    expect(line).toMatchObject({ arm: 'candidate', armModel: NEXT, share: 100, adapted: ['temperature'], Arm: 'candidate', Cost: expect.any(Number) });
    expect(line._aws.CloudWatchMetrics[0].Dimensions).toEqual([['FunctionName'], ['FunctionName', 'Arm']]);
  });

  test('of the others the line says so too', async () => {
    const { response, stdout } = await (await start(split({ share: TrafficShare.percent(0) }))).invoke({ prompt: 'Hello', temperature: 0.5 });
    expect(response).toMatchObject({ model: expect.stringContaining('haiku-4-5') });
    expect(JSON.parse(stdout[0])).toMatchObject({ arm: 'target', armModel: MODEL_ID, share: 0, Arm: 'target' });
  });

  test('a user stays with an arm, and a greater share keeps those that it had', async () => {
    stores.parameters.set('share', '30');
    const define = split({ share: TrafficShare.percent(30), stickyBy: 'metadata.user_id' });
    const armsOf = async (process: LambdaProcess) => {
      const arms: string[] = [];
      for (let user = 0; user < 20; user++) arms.push(JSON.parse((await process.invoke({ prompt: 'Hello', metadata: { user_id: `u${user}` } })).stdout[0]).arm);
      return arms;
    };
    const process = await start(define);
    const [once, again] = [await armsOf(process), await armsOf(process)];
    expect(again).toEqual(once);
    expect(new Set(once)).toEqual(new Set(['target', 'candidate']));
    await process.stop();
    const more = await armsOf(await start(split({ share: TrafficShare.percent(60), stickyBy: 'metadata.user_id' })));
    expect(once.every((arm, user) => arm === 'target' || more[user] === 'candidate')).toBe(true);
  });

  test('a share of Parameter Store holds from the first call on, and is read once', async () => {
    stores.parameters.set('share', '100');
    const process = await start((scope) => split({ share: TrafficShare.fromParameter(StringParameter.fromStringParameterName(scope, 'Share', 'share')) })(scope));
    for (let call = 0; call < 5; call++) expect((await process.invoke({ prompt: 'Hello' })).response).toMatchObject({ model: 'claude-haiku-5-5' });
    expect(stores.reads).toEqual(['share']);
  });

  test('a share that is not there is none, and the line says why', async () => {
    const process = await start((scope) => split({ share: TrafficShare.fromParameter(StringParameter.fromStringParameterName(scope, 'Share', 'share')) })(scope));
    const { stdout } = await process.invoke({ prompt: 'Hello' });
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'answered', arm: 'target', share: 0, shareFailure: expect.stringContaining('ParameterNotFound') });
  });

  test('the candidate may be the first rung of a ladder', async () => {
    bedrock.faults.always(({ path }) => path.includes('sonnet') ? Fault.says('{}') : Fault.says('No.'));
    const process = await start(split({ share: TrafficShare.percent(100) }, (scope) => ({
      escalation: Escalation.to(new CrossRegionInferenceProfile(scope, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 }), { when: [EscalationTrigger.notJson()] }),
    })));
    const { response, stdout } = await process.invoke({ prompt: 'Hello' });
    expect(response).toMatchObject({ escalation: { rung: 2, model: SONNET } });
    expect(JSON.parse(stdout[0])).toMatchObject({ arm: 'candidate', escalation: { rungs: [{ model: NEXT }, { model: SONNET }] } });
  });

  test('a shadow is handed the whole request, and the line has its request ID', async () => {
    const { response, stdout } = await (await start(shadowed())).invoke({ prompt: 'Hello', temperature: 0.5 });
    expect(response).toMatchObject({ model: expect.stringContaining('haiku-4-5') });
    expect(functions.invoked).toMatchObject([{ type: 'Event', event: { max_tokens: 4096, messages: [{ role: 'user', content: 'Hello' }] } }]);
    expect(functions.invoked[0].event).not.toHaveProperty('temperature');
    const line = JSON.parse(stdout[0]);
    expect(['sent', 'pending']).toContain(line.shadow);
    expect(stdout.join()).not.toContain('Hello');
  });

  test('the caller waits for no shadow, and sees none fail', async () => {
    functions.returns = () => undefined;
    const process = await start(shadowed());
    const begun = Date.now();
    const { response, stdout } = await process.invoke({ prompt: 'Hello' });
    expect(Date.now() - begun).toBeLessThan(4000);
    expect(response).toMatchObject({ type: 'message' });
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'answered', shadow: 'pending' });
  });

  test('the shadow itself is answered by the second target, and its line can be told by its ID', async () => {
    const { handlerDir, env } = deployedFunction(REGION, (scope) => shadowed()(scope).shadow!);
    lambda = await LambdaProcess.start({ handlerDir, handler: 'index.handler', driver, env: { ...env, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url } });
    const { stdout, requestId } = await lambda.invoke({ max_tokens: 4096, messages: [{ role: 'user', content: 'Hello' }] });
    expect(JSON.parse(stdout[0])).toMatchObject({ message: 'answered', modelId: NEXT, lambdaRequestId: requestId });
  });

  test('with consent the text of a shadowed call is in the log', async () => {
    const { stdout } = await (await start(shadowed({ logContent: true }))).invoke({ prompt: 'Hello' });
    expect(stdout.map((line) => JSON.parse(line).message)).toEqual(['content', 'answered']);
  });

  test('over HTTP nothing changes for the caller', async () => {
    const { response } = await (await start(shadowed())).invoke(functionUrlEvent({ body: { prompt: 'Hello' } }));
    expect(response).toMatchObject({ statusCode: 200 });
  });
});
