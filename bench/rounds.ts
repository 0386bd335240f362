/**
 * Runs every variant once a round, so that what disturbs the machine disturbs all of them. The order turns with each round,
 * because the first of a round may find colder caches.
 */
export async function interleaved<T>(variants: string[], rounds: number, run: (variant: string) => Promise<T>): Promise<Record<string, T[]>> {
  const results: Record<string, T[]> = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round++) {
    const first = round % variants.length;
    for (const variant of [...variants.slice(first), ...variants.slice(0, first)]) results[variant].push(await run(variant));
  }
  return results;
}
