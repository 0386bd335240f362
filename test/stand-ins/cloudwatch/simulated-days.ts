import { MetricAsked } from './alarms';
import { Series } from './metric-maths';

/** How calls fare at some time. */
export interface Conditions {
  /** Calls a minute. */
  readonly calls: number;
  /** The share of attempts that is throttled. */
  readonly throttled: number;
  readonly serverErrors: number;
  readonly refused: number;
  /** The share of calls that find the prompt's beginning in the cache. */
  readonly cacheHits: number;
  /** How much longer than usual an attempt takes. */
  readonly slowness: number;
  /** Output tokens of a call. */
  readonly output: number;
}

/** From one minute of the simulation to another, and what is different then. */
export interface Incident {
  readonly from: number;
  readonly to: number;
  readonly change: (usual: Conditions) => Partial<Conditions>;
}

export const DAY = 1440;
/** What all calls begin with, in tokens. */
const PREFIX = 6_000;

/**
 * An invoker's calls, minute by minute: more by day than by night, fewer at weekends, and now and then a throttle or a failure. What it
 * measures is what CloudWatch would have of it.
 */
export class SimulatedDays {
  private readonly sums: Record<string, number[]> = {};
  private readonly latencies: number[][] = [];

  constructor(days: number, seed: number, incidents: Incident[] = []) {
    const random = generator(seed);
    for (let minute = 0; minute < days * DAY; minute++) {
      const usual = usualAt(minute);
      const changes = incidents.filter(({ from, to }) => minute >= from && minute < to).map(({ change }) => change(usual));
      this.add({ ...usual, ...Object.assign({}, ...changes) as Partial<Conditions> }, random);
    }
  }

  /** What CloudWatch has of a metric of the invoker, or of the profile that it calls. */
  data({ namespace, name, stat, period }: MetricAsked): Series {
    const minutes = period / 60;
    if (stat === 'p90') return windows(this.latencies, minutes).map((values) => percentile(values.flat(), 0.9));
    if (stat !== 'Sum') throw new Error(`No ${stat} of ${name}`);
    const values = this.sums[namespace === 'AWS/Bedrock' ? `Bedrock.${name}` : name] as number[] | undefined;
    // A metric that nothing was ever written to has no data, which is how AWS writes calls of Legacy models while there are none.
    if (!values) return windows(this.latencies, minutes).map(() => undefined);
    return windows(values, minutes).map((window) => window.reduce((sum, value) => sum + value, 0));
  }

  private add({ calls: mean, throttled, serverErrors, refused, cacheHits, slowness, output }: Conditions, random: () => number): void {
    const now: Record<string, number> = {};
    const count = (name: string, value: number) => { now[name] = (now[name] ?? 0) + value; };
    const latencies: number[] = [];
    for (const name of COUNTED) count(name, 0);
    for (let call = poisson(mean, random); call > 0; call--) {
      let attempts = 1;
      let waited = 0;
      let throttles = 0;
      while (random() < throttled && attempts < 4) {
        waited += 250 * 2 ** attempts * random();
        throttles++;
        attempts++;
      }
      const written = 100 + output * (0.5 + random());
      count('Invocations', 1);
      count('Retries', attempts - 1);
      count('Throttles', throttles);
      count('MaxTokens', 4096);
      count('ServerErrors', Number(random() < serverErrors));
      count('Refusals', Number(random() < refused));
      count('InputTokens', 1_000 + 1_000 * random());
      count('OutputTokens', written);
      count(random() < cacheHits ? 'CacheReadTokens' : 'CacheWriteTokens', PREFIX);
      latencies.push(waited + slowness * (400 + 4 * written) * Math.exp(0.35 * normal(random)));
    }
    now['Bedrock.Invocations'] = now.Invocations;
    now['Bedrock.EstimatedTPMQuotaUsage'] = now.InputTokens + now.CacheWriteTokens + 5 * now.OutputTokens;
    for (const [name, value] of Object.entries(now)) (this.sums[name] ??= []).push(value);
    this.latencies.push(latencies);
  }
}

const COUNTED = [
  'Invocations', 'Retries', 'Throttles', 'MaxTokens', 'ClientErrors', 'ServerErrors', 'Refusals', 'InputTokens', 'OutputTokens', 'CacheReadTokens', 'CacheWriteTokens',
];

function usualAt(minute: number): Conditions {
  const hour = minute % DAY / 60;
  const weekend = Math.floor(minute / DAY) % 7 >= 5;
  return {
    calls: (weekend ? 0.4 : 1) * (3 + 14 * Math.max(0, Math.sin((hour - 6) / 14 * Math.PI))),
    throttled: 0.005,
    serverErrors: 0.002,
    refused: 0.005,
    cacheHits: 0.96,
    slowness: 1,
    output: 400,
  };
}

function windows<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}

function percentile(values: number[], part: number): number | undefined {
  const sorted = values.sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

/** Lehmer's: the same numbers for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = state * 48_271 % 2_147_483_647) / 2_147_483_647;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
