import type { EscalationPlan, Rates, Rung, Triggers } from '../../../../src/contract/escalation';
import type { InvokerOptions } from '../../../../src/contract/invoker-options';
import { MODEL_ID, REGION, TestClock, TestInvoker, TestInvokerProps } from '../../../invoker/test-invoker';
import { BedrockStandIn, Fault } from '../../../stand-ins/bedrock-runtime';

export const SONNET = 'eu.anthropic.claude-sonnet-4-6';
export const OPUS = 'eu.anthropic.claude-opus-5';
/** Opus takes neither sampling parameters nor thinking budgets. */
export const OTHER_MODELS = { [SONNET]: { adaptiveOnly: false }, [OPUS]: { adaptiveOnly: true } };
export const HAIKU_RATES: Rates = { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25, cacheWriteOneHour: 2 };
export const SONNET_RATES: Rates = { input: 3, output: 15 };

/** A rung with nothing but what leads to it. */
export function rung(when: Triggers, more: Partial<Rung> = {}): Rung {
  return { when, leastMs: 1000, rules: {}, rates: SONNET_RATES, ...more };
}

export function planOf(...rungs: Rung[]): EscalationPlan {
  return { rates: HAIKU_RATES, rungs };
}

const OTHERS = [SONNET, OPUS];

/** An invoker on Haiku with a ladder to Sonnet, and to Opus for a second rung. */
export function ladderInvoker(url: string, plan: EscalationPlan, { options, ...more }: Partial<TestInvokerProps> = {}): TestInvoker {
  const rungs = Object.fromEntries(plan.rungs.map((_, index) => [
    String(index + 2), { modelId: OTHERS[index], endpoint: 'bedrock-runtime', region: REGION },
  ]));
  const withLadder: InvokerOptions = { ...options, escalation: { rungs } };
  return TestInvoker.create({ url, clock: new TestClock(), ...more, options: withLadder, plan });
}

/** Says one thing as Haiku, and another as each of the others. */
export function saying(...answers: Fault[]) {
  const models = [MODEL_ID, ...OTHERS];
  return ({ path }: { path: string }): Fault | undefined => answers[models.findIndex((id) => path.includes(encodeURIComponent(id)))];
}

export async function standInWithOthers(): Promise<BedrockStandIn> {
  return BedrockStandIn.start({ region: REGION, otherModels: OTHER_MODELS });
}

/** The models that were called, as short names. */
export function called({ calls }: BedrockStandIn): string[] {
  return calls.map(({ path }) => /(haiku|sonnet|opus)/.exec(path)![1]);
}
