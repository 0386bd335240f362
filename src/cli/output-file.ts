import { randomUUID } from 'node:crypto';
import {
  accessSync, chmodSync, closeSync, constants, fsyncSync, lstatSync, openSync, readlinkSync, realpathSync, renameSync, rmSync, Stats, writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './command';

/** Where a result is written to: a file, or a stream of this process. */
export type Output = OutputFile | { readonly descriptor: 1 | 2 };

/** A file, and the option that names it, if that is not `--out`. */
interface OutputFile {
  readonly file: string;
  readonly inPlace: boolean;
  readonly option?: string | undefined;
}

/** More links than a chain of them may have. */
const HOPS = 40;

/**
 * Where an option such as `--out` leads. Links are followed, and what they lead to is written. A name for a stream of this process, such as
 * `/dev/stdout`, is that stream: opening it anew would begin at the start of the file that it goes to.
 */
export function outputOf(out: string, option?: string): Output {
  if (out === '-') return { descriptor: 1 };
  try {
    const found = followed(resolve(out));
    return 'file' in found ? { ...found, option } : found;
  } catch (error) {
    throw unwritable(out, error, option);
  }
}

/**
 * The whole file or none of it: a reader never sees half of it. A device or a pipe is written to where it is, and never replaced.
 */
export function writeFile({ file, inPlace, option }: OutputFile, out: string, text: string): void {
  if (!inPlace) return replace(file, out, text, option);
  try {
    writeWhole(openSync(file, 'w'), text);
  } catch (error) {
    throw unwritable(out, error, option);
  }
}

/** Writes until all is written, or throws: a file that runs out of room takes a part first, and says so only when asked again. */
export function writeAll(descriptor: number, text: string): void {
  let left = Buffer.from(text);
  while (left.length > 0) left = left.subarray(writeSync(descriptor, left));
}

/** A file that is written piece by piece, and is there only when it is kept. */
export class PartialFile {
  private readonly partial: string;
  private readonly old?: Stats;
  private readonly descriptor: number;

  constructor(private readonly file: string, private readonly out: string = file, private readonly option?: string) {
    this.partial = join(dirname(file), `.${randomUUID()}.partial`);
    try {
      this.old = lstatSync(file, { throwIfNoEntry: false });
      // A file that may not be written is not replaced either.
      if (this.old) accessSync(file, constants.W_OK);
      this.descriptor = openSync(this.partial, 'wx');
    } catch (error) {
      throw unwritable(out, error, option);
    }
  }

  write(text: string): void {
    this.attempt(() => writeAll(this.descriptor, text));
  }

  keep(): void {
    this.attempt(() => {
      sync(this.descriptor);
      if (this.old) chmodSync(this.partial, this.old.mode);
      renameSync(this.partial, this.file);
    });
  }

  /** What was not kept is gone. */
  close(): void {
    closeSync(this.descriptor);
    rmSync(this.partial, { force: true });
  }

  private attempt(run: () => void): void {
    try {
      run();
    } catch (error) {
      throw unwritable(this.out, error, this.option);
    }
  }
}

function replace(file: string, out: string, text: string, option?: string): void {
  const partial = new PartialFile(file, out, option);
  try {
    partial.write(text);
    partial.keep();
  } finally {
    partial.close();
  }
}

function followed(start: string): Omit<OutputFile, 'option'> | { readonly descriptor: 1 | 2 } {
  let path = start;
  for (let hop = 0; hop < HOPS; hop++) {
    const folder = realpathSync(dirname(path));
    path = join(folder, basename(path));
    const descriptor = ownDescriptor(folder, basename(path));
    if (descriptor === 1 || descriptor === 2) return { descriptor };
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (descriptor !== undefined || (found && !found.isFile() && !found.isSymbolicLink())) return { file: path, inPlace: true };
    if (!found?.isSymbolicLink()) return { file: path, inPlace: false };
    path = resolve(folder, readlinkSync(path));
  }
  throw Object.assign(new Error(), { code: 'ELOOP' });
}

/** The descriptor that a name in `/dev` or in the process's own folder stands for. */
function ownDescriptor(folder: string, name: string): number | undefined {
  if (folder === '/dev') return { stdin: 0, stdout: 1, stderr: 2 }[name];
  return folder === '/dev/fd' || folder === `/proc/${process.pid}/fd` ? Number(name) : undefined;
}

function writeWhole(descriptor: number, text: string): void {
  try {
    writeAll(descriptor, text);
    sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What is renamed is on the disk before. Pipes and devices cannot do that, and need not. */
function sync(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EROFS'].includes((error as NodeJS.ErrnoException).code!)) throw error;
  }
}

const EXPECTED: Record<string, string> = {
  ENOENT: 'a file in a folder that exists',
  ENOTDIR: 'a file in a folder that exists',
  EISDIR: 'a file, and this is a folder',
  EACCES: 'a file and a folder that this user may write',
  EPERM: 'a file and a folder that this user may write',
  EROFS: 'a place that can be written',
  ENOSPC: 'a place with room on it: nothing is left there',
  EFBIG: 'a place where a file may be so large: nothing is left there',
  EDQUOT: 'a place with room on it: nothing is left there for this user',
  ENAMETOOLONG: 'a shorter name',
  ELOOP: 'a link that ends somewhere',
};

function unwritable(out: string, error: unknown, option = '--out'): UsageError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new UsageError(`${option} cannot be written, got ${JSON.stringify(out)} (${code}); expected ${EXPECTED[code] ?? 'a file that can be written'}.`, 'OUTPUT');
}
