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

/**
 * The numbers that a bench was asked for. `published` says whether they are at least those of the figures that are published: what is
 * measured in less is printed, and replaces none of them.
 */
export function numbersOf<T extends Record<string, number>>(
  asked: { readonly [Name in keyof T]?: string }, defaults: T): { numbers: T; published: boolean } {
  const entries = Object.entries(defaults).map(([name, usual]): [string, number] => {
    const text = asked[name] ?? String(usual);
    if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} is not a number, got ${JSON.stringify(text)}; expected a whole one of at least 1, such as ${usual}.`);
    return [name, Number(text)];
  });
  return { numbers: Object.fromEntries(entries) as T, published: entries.every(([name, number]) => number >= defaults[name]) };
}
