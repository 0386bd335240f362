import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const NIGHTLY = readFileSync(join(ROOT, '.github', 'workflows', 'nightly.yml'), 'utf8');
/** As the workflow hands them to Stryker, which divides at commas. */
const GROUPS = [...NIGHTLY.matchAll(/^ +- (src\/\S+)$/gm)].map(([, patterns]) => patterns.split(','));
const SOURCES = [...new Set((readdirSync(join(ROOT, 'src'), { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.lambda.ts') && dirname(file) !== '.').map((file) => `src/${file}`))]
  .filter((file) => !/^src\/(cli|live)\//.test(file));

test('every source is mutated in one job of the nightly run', () => {
  // The patterns are a folder's files, or those of all below it.
  const takes = (pattern: string, file: string) => pattern.endsWith('/**/*.ts') ? file.startsWith(pattern.slice(0, -7)) : dirname(file) === dirname(pattern);
  const jobs = (file: string) => GROUPS.filter((patterns) => patterns.some((pattern) => takes(pattern, file))).length;
  expect(SOURCES.filter((file) => jobs(file) !== 1)).toEqual([]);
});
