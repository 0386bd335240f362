import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './program';

/** The files of an archive, extracted into a new folder. Python reads wheels, jars and tarballs alike. */
export function extracted(archive: string, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  runProgram(folder, 'python3', ['-c', 'import shutil, sys; shutil.unpack_archive(sys.argv[1], sys.argv[2], sys.argv[3])',
    archive, folder, archive.endsWith('.tar.gz') ? 'gztar' : 'zip']);
  return (readdirSync(folder, { recursive: true }) as string[]).map((file) => join(folder, file)).filter((file) => statSync(file).isFile());
}
