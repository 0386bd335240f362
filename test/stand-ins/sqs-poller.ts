/** How an invocation for a batch ended. */
export type Outcome = { readonly result: unknown } | { readonly error: unknown };

/**
 * The messages that stay in the queue after Lambda's poller has handed a batch to a function, by its documented rule: without
 * `ReportBatchItemFailures` an invocation that did not fail deletes its whole batch; with it, a result that names failures keeps
 * those, and one that cannot be read keeps all.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function messagesKept(sent: string[], outcome: Outcome, reportsItemFailures: boolean): string[] {
  if ('error' in outcome) return sent;
  if (!reportsItemFailures) return [];
  const { batchItemFailures: failures } = (outcome.result ?? {}) as { batchItemFailures?: { itemIdentifier?: unknown }[] | null };
  if (!Array.isArray(failures) || failures.length === 0) return [];
  const named = failures.map(({ itemIdentifier }) => itemIdentifier);
  return named.every((id) => typeof id === 'string' && sent.includes(id)) ? sent.filter((id) => named.includes(id)) : sent;
}
