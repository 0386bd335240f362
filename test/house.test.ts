import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { HOUSE, INVOKE, INVOKE_FOLDERS } from '../projenrc/house';

const ROOT = resolve(__dirname, '..');
const SRC = join(ROOT, 'src');
const FLOORS = HOUSE.map(({ folder }) => folder);
const FILES = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));

/** The folder of src/ that a file stands in; that of index.ts and snapshot.ts is src/ itself. */
function floorOf(file: string): number {
  return FLOORS.indexOf(relative(SRC, file).split('/')[0]);
}

function importsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, to]) => resolve(dirname(path), to));
}

test('every folder of src has its place in the house, and every place its folder', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual([...FLOORS].sort());
});

test('a file imports from its own folder and from those above it', () => {
  const climbs = FILES.flatMap((file) => {
    const path = join(SRC, file);
    return floorOf(path) === -1 ? [] : importsOf(path).filter((to) => floorOf(to) > floorOf(path) || floorOf(to) === -1).map((to) => `${file} -> ${relative(SRC, to)}`);
  });
  expect(climbs).toEqual([]);
});

test('no file is reached from itself, by types or by values', () => {
  const graph = new Map(FILES.map((file) => [join(SRC, file), importsOf(join(SRC, file)).map((to) => `${to}.ts`)]));
  const left = new Set(graph.keys());
  // What imports nothing that is left goes, until all that is left is in circles or reaches one.
  let gone: string[];
  do {
    gone = [...left].filter((file) => !graph.get(file)!.some((to) => left.has(to)));
    gone.forEach((file) => left.delete(file));
  } while (gone.length > 0);
  expect([...left].map((file) => `${relative(SRC, file)} -> ${graph.get(file)!.filter((to) => left.has(to)).map((to) => relative(SRC, to)).join()}`)).toEqual([]);
});

describe(`src/${INVOKE}`, () => {
  const inside = join(SRC, INVOKE);

  test('every folder has its place, and every place its folder', () => {
    const folders = readdirSync(inside, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(folders.sort()).toEqual([...INVOKE_FOLDERS].sort());
  });

  test('a file imports from its own folder and from those above it', () => {
    const floorInside = (path: string) => INVOKE_FOLDERS.indexOf(relative(inside, path).split('/')[0]);
    const climbs = FILES.filter((file) => file.startsWith(`${INVOKE}/`)).flatMap((file) => {
      const path = join(SRC, file);
      return floorInside(path) === -1 ? [] : importsOf(path)
        .filter((to) => to.startsWith(`${inside}/`) && (floorInside(to) === -1 || floorInside(to) > floorInside(path)))
        .map((to) => `${file} -> ${relative(SRC, to)}`);
    });
    expect(climbs).toEqual([]);
  });
});

describe('docs/house.md', () => {
  const map = readFileSync(join(ROOT, 'docs', 'house.md'), 'utf8');

  test('shows the folders in their order', () => {
    expect([...map.matchAll(/^\| `src\/([\w-]+)\/` \|/gm)].map(([, folder]) => folder)).toEqual(FLOORS);
  });

  test('shows the folders of the invoker\'s handlers in their order', () => {
    expect([...map.matchAll(/^\| `([a-z]+)\/` \|/gm)].map(([, folder]) => folder)).toEqual(INVOKE_FOLDERS);
  });

  test('names files that are there', () => {
    const paths = [...map.matchAll(/`((?:src|test|projenrc|docs)\/[\w./-]+)`/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
