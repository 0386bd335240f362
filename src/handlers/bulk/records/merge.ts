import type { FileHandle } from 'node:fs/promises';
import { linesOf } from './lines';
import { outcomeOf, Outcome, resultText } from './result-line';
import type { Tally } from './tally';
import { jsonText } from '../../invoke/json/exact-json';

/** What came out of one round: a local file of output lines, and how often its records had been sent by then. */
export interface Round {
  readonly file: FileHandle;
  readonly attempts: number;
}

/** What is merged for a run of records. */
export interface Merged {
  /** Results in the order of their records, a line each. */
  readonly results: string[];
  /** Records without an answer yet, as they were sent. */
  readonly left: string[];
}

/** A line of output with a record in it may be this long: the request comes back beside the answer. */
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;
/** Results are read in pieces of that many bytes. */
const CHUNK = 1024 * 1024;

/** Where the lines of a round are. Only the places are in memory: the lines themselves may be a gigabyte. */
class RoundIndex {
  static async of({ file, attempts }: Round): Promise<RoundIndex> {
    const places = new Map<string, readonly [offset: number, length: number]>();
    for await (const { bytes, at } of placedLines(file)) {
      const recordId = idOf(bytes);
      if (recordId !== undefined) places.set(recordId, [at, bytes.length]);
    }
    return new RoundIndex(file, attempts, places);
  }

  private window = Buffer.alloc(0);
  private start = 0;

  private constructor(
    private readonly file: FileHandle, private readonly attempts: number, readonly places: Map<string, readonly [offset: number, length: number]>) {}

  async outcome(recordId: string): Promise<Outcome | undefined> {
    const place = this.places.get(recordId);
    return place && outcomeOf((await this.read(...place)).toString(), this.attempts);
  }

  /** Lines mostly come in the order of their records, so a whole window is read at once. */
  private async read(offset: number, length: number): Promise<Buffer> {
    if (offset < this.start || offset + length > this.start + this.window.length) {
      const { buffer, bytesRead } = await this.file.read(Buffer.allocUnsafe(Math.max(CHUNK, length)), 0, Math.max(CHUNK, length), offset);
      this.window = buffer.subarray(0, bytesRead);
      this.start = offset;
    }
    return this.window.subarray(offset - this.start, offset - this.start + length);
  }
}

/**
 * Puts the outcomes of all rounds beside the records of a part, in the records' order. A record gets the first answer that a round has for
 * it; else its last error, if no other try can mend it or `last` says that there is none; else it is left. Throws for a result of
 * a record that is not in the part.
 */
export async function* mergePart(records: AsyncIterable<Buffer>, rounds: readonly Round[], last: boolean, tally: Tally): AsyncGenerator<Merged> {
  const indexes: RoundIndex[] = [];
  for (const round of rounds) indexes.push(await RoundIndex.of(round));
  const asked = new Set<string>();
  for await (const lines of linesOf(records, MOST_OUTPUT_BYTES)) {
    const merged: Merged = { results: [], left: [] };
    for (const { bytes } of lines) {
      const recordId = idOf(bytes!)!;
      asked.add(recordId);
      const outcome = await bestOutcome(recordId, indexes);
      if (outcome && (last || !outcome.retryable)) {
        tally.add(outcome.result);
        merged.results.push(resultText(outcome.result));
      } else if (last) {
        const attempts = rounds.at(-1)?.attempts ?? 0;
        const error = { errorCode: 'NoAnswer', errorMessage: 'The work ended before the record had an answer.' };
        tally.add({ recordId, error, attempts, route: 'batch' });
        merged.results.push(resultText({ recordId, error, attempts, route: 'batch' }));
      } else {
        merged.left.push(bytes!.toString());
      }
    }
    yield merged;
  }
  const unknown = indexes.flatMap(({ places }) => [...places.keys()]).find((recordId) => !asked.has(recordId));
  if (unknown !== undefined) throw new Error(`A result has a recordId that no record of the part has: ${jsonText(unknown.slice(0, 256))}.`);
}

async function bestOutcome(recordId: string, indexes: readonly RoundIndex[]): Promise<Outcome | undefined> {
  let best: Outcome | undefined;
  for (const index of indexes) {
    const outcome = await index.outcome(recordId);
    if (outcome && !outcome.result.error) return outcome;
    best = outcome ?? best;
  }
  return best;
}

async function* placedLines(file: FileHandle): AsyncGenerator<{ readonly bytes: Buffer; readonly at: number }> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let rest = Buffer.alloc(0);
  for (let position = 0, start = 0; ;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK, position);
    position += bytesRead;
    const data = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let begun = 0;
    for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, begun)) {
      yield { bytes: data.subarray(begun, end), at: start + begun };
      begun = end + 1;
    }
    rest = data.subarray(begun);
    start += begun;
    if (bytesRead === 0) {
      if (rest.length > 0) yield { bytes: rest, at: start };
      return;
    }
  }
}

/** The recordId of a line. Most lines begin with it, so most are not read for it. */
function idOf(line: Buffer): string | undefined {
  const simple = /^\{"recordId":"([^"\\]{1,256})"/.exec(line.toString('utf8', 0, 600));
  if (simple) return simple[1];
  try {
    const { recordId } = JSON.parse(line.toString()) as { recordId?: unknown };
    return typeof recordId === 'string' ? recordId : undefined;
  } catch {
    return undefined;
  }
}
