/** What a change is about, and what people call it. The names are stable. */
export const TOPICS = {
  ROUTE: 'Route',
  DESTINATIONS: 'Runs in',
  OTHER_WAYS: 'Other ways',
  BATCH_JOBS: 'Batch jobs',
  PRICE: 'Price per million tokens',
  MONTH: 'Price of a month',
  GEOGRAPHIES: 'Geographies',
  SOURCE_REGIONS: 'Source Regions',
  IN_REGION: 'In-Region inference',
  BATCH_REGIONS: 'Regions with batch jobs',
  SERVICE_TIERS: 'Service tiers',
  STRUCTURED_OUTPUTS: 'Structured outputs',
  COUNT_TOKENS: 'CountTokens',
  THINKING: 'Thinking',
  EFFORT: 'Effort',
  SAMPLING: 'Sampling parameters',
  CONTEXT: 'Context, in tokens',
  MAX_OUTPUT: 'Output, in tokens',
  CACHING_MINIMUM: 'Least cached, in tokens',
  LIFECYCLE: 'Lifecycle',
} as const;

export type Topic = keyof typeof TOPICS;

/** Whether something of the first model is there in the second, too. */
export type Verdict = 'stays' | 'lost' | 'gained' | 'changed';

/** What one card has of a topic and another has not. */
export interface Change {
  readonly topic: Topic;
  readonly verdict: Verdict;
  readonly before: string;
  readonly after: string;
  /** What is used today and would stop; left out if nothing would. */
  readonly stops?: string;
}

/** A change between two lists of names: what only one of them has is lost or gained. */
export function listChange(topic: Topic, before: readonly string[], after: readonly string[], stops?: string): Change {
  const lost = before.some((name) => !after.includes(name));
  const gained = after.some((name) => !before.includes(name));
  const verdict = lost && gained ? 'changed' : lost ? 'lost' : gained ? 'gained' : 'stays';
  return { topic, verdict, before: before.join(', ') || 'none', after: after.join(', ') || 'none', ...stops !== undefined && { stops } };
}

/** A change between two amounts, of which more is better, or less. */
export function amountChange(topic: Topic, before: number | undefined, after: number | undefined, better: 'more' | 'less', stops?: string): Change {
  const more = (after ?? NaN) - (before ?? NaN);
  const verdict = Number.isNaN(more) ? before === after ? 'stays' : 'changed' : more === 0 ? 'stays' : more > 0 === (better === 'more') ? 'gained' : 'lost';
  return { topic, verdict, before: amountText(before), after: amountText(after), ...stops !== undefined && { stops } };
}

/** A change between two answers of yes or no, or none. */
export function flagChange(topic: Topic, before: boolean | undefined, after: boolean | undefined, stops?: string): Change {
  const verdict = before === after ? 'stays' : before === true && after === false ? 'lost' : before === false && after === true ? 'gained' : 'changed';
  return { topic, verdict, before: flagText(before), after: flagText(after), ...stops !== undefined && { stops } };
}

export const NOT_PUBLISHED = 'not published';

export function amountText(amount: number | undefined): string {
  return amount?.toLocaleString('en-US') ?? NOT_PUBLISHED;
}

function flagText(flag: boolean | undefined): string {
  return flag === undefined ? NOT_PUBLISHED : flag ? 'yes' : 'no';
}
