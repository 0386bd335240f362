import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { HOUSE } from '../projenrc/house';

const ROOT = resolve(__dirname, '..');
const SRC = join(ROOT, 'src');
const FLOORS = HOUSE.map(({ folder }) => folder);
const FILES = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));

/** The folder of src/ that a file stands in; that of index.ts and snapshot.ts is src/ itself. */
function floorOf(file: string): number {
  return FLOORS.indexOf(relative(SRC, file).split('/')[0]);
}

test('every folder of src has its place in the house, and every place its folder', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual([...FLOORS].sort());
});

test('a file imports from its own folder and from those above it', () => {
  const climbs = FILES.flatMap((file) => {
    const path = join(SRC, file);
    const imported = [...readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, to]) => resolve(dirname(path), to));
    return floorOf(path) === -1 ? [] : imported.filter((to) => floorOf(to) > floorOf(path) || floorOf(to) === -1).map((to) => `${file} -> ${relative(SRC, to)}`);
  });
  expect(climbs).toEqual([]);
});

describe('docs/house.md', () => {
  const map = readFileSync(join(ROOT, 'docs', 'house.md'), 'utf8');

  test('shows the folders in their order', () => {
    expect([...map.matchAll(/^\| `src\/([\w-]+)\/` \|/gm)].map(([, folder]) => folder)).toEqual(FLOORS);
  });

  test('names files that are there', () => {
    const paths = [...map.matchAll(/`((?:src|test|projenrc|docs)\/[\w./-]+)`/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
