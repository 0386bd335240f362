import { createRequire } from 'module';
import { join } from 'path';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { handlersFolder } from './construct/handler-code';
import type { EscalationPlan } from './contract/escalation';
import { planOf } from './invoker/escalation-plan';
import { HaikuInvoker } from './invoker/haiku-invoker';
import { InvokerApi } from './invoker/invoker-api';
import { HaikuError, shown } from './private/errors';

/** What a model says in a test. */
export interface TestAnswer {
  /** The text of the answer. Default: none. */
  readonly text?: string;
  /** The tool that is called, and its input. */
  readonly toolCall?: { readonly name: string; readonly input: object };
  /** How the answer ended, by its name in the Messages API. Default: `tool_use` with a tool call, else `end_turn`. */
  readonly stopReason?: string;
  /** What the service answers instead: throttled, or overloaded. */
  readonly unavailable?: boolean;
}

/** What became of an event on a ladder. */
export interface EscalationRun {
  /** What a direct caller of the function would get, with its field `escalation`. */
  readonly answer: unknown;
  /** The rungs that were asked, in their order; a rung that judges its own answer is asked again. */
  readonly asked: number[];
  /** The call's line in the log. */
  readonly line: unknown;
}

/** The handlers' own runner, which comes with the package as a bundle. */
interface LocalHandlers {
  runLadder(
    ladder: { env: object; plan: EscalationPlan; api: InvokerApi; models: ((request: unknown) => object)[] }, event: unknown,
  ): Promise<{ answer: unknown; line: unknown }>;
}

/**
 * Runs an event on the ladder of a HaikuInvoker, for unit tests of an app: with the code that runs in Lambda, without AWS, on answers that
 * the test makes up. Waits take no time. Verdicts of functions are asked of AWS, and so fail in a test: the answer then stands.
 *
 * Rejects with what the function would throw.
 *
 * @param models - what each model answers to a request, the invoker's own first
 */
export async function runEscalation(
  invoker: HaikuInvoker, event: object, models: ((request: unknown) => TestAnswer)[]): Promise<EscalationRun> {
  const { _tested: { escalation, api = InvokerApi.MESSAGES }, target, lambdaFunction } = invoker;
  if (!escalation) throw new HaikuError(`${invoker.node.path} has no ladder to run; expected a HaikuInvoker with escalation. Pass escalation to it.`);
  const rungs = escalation._rungs.length + 1;
  if (models.length !== rungs) throw new HaikuError(`models do not fit the ladder, got ${shown(models.length)} of them; expected ${rungs}, one for each model that can be asked. Pass a function for each.`);
  const { environment } = lambdaFunction.node.defaultChild as CfnFunction;
  const { variables } = Stack.of(invoker).resolve(environment) as { variables: Record<string, unknown> };
  const knownNow = ([name, value]: [string, unknown]) => [name, typeof value === 'string' ? value : `known-at-deployment-${name.toLowerCase()}`];
  const env = { ...Object.fromEntries(Object.entries(variables).map(knownNow)) as object, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://localhost' };
  const folder = handlersFolder();
  const { runLadder } = createRequire(join(folder, 'x.js'))(join(folder, 'local', 'index.cjs')) as LocalHandlers;
  const asked: number[] = [];
  const answering = models.map((model, index) => (request: unknown) => {
    asked.push(index + 1);
    return replyOf(model(request), api);
  });
  const { answer, line } = await runLadder({ env, plan: planOf(target, escalation), api, models: answering }, event);
  return { answer, asked, line };
}

function replyOf({ text, toolCall, stopReason = toolCall ? 'tool_use' : 'end_turn', unavailable }: TestAnswer, api: InvokerApi): object {
  if (unavailable) return { status: 429, body: { message: 'Too many requests, please wait before trying again.' } };
  const id = 'toolu_test';
  if (api === InvokerApi.CONVERSE) {
    const content = [...text === undefined ? [] : [{ text }], ...toolCall ? [{ toolUse: { toolUseId: id, ...toolCall } }] : []];
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
    return { status: 200, body: { output: { message: { role: 'assistant', content } }, stopReason, usage } };
  }
  const content = [...text === undefined ? [] : [{ type: 'text', text }], ...toolCall ? [{ type: 'tool_use', id, ...toolCall }] : []];
  const usage = { input_tokens: 1, output_tokens: 1 };
  return { status: 200, body: { type: 'message', role: 'assistant', content, stop_reason: stopReason, usage } };
}
