import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** What esbuild says of the handlers' bundles, from the very script that makes them. */
export function metafile(): Metafile {
  const folder = mkdtempSync(join(tmpdir(), 'haiku-metafile-'));
  try {
    const file = join(folder, 'metafile.json');
    const { status, stderr } = spawnSync(process.execPath, [join(__dirname, '..', 'bundle.mjs'), file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(readFileSync(file, 'utf8')) as Metafile;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
