import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const DOCUMENTS = (readdirSync(ROOT, { recursive: true }) as string[])
  .filter((path) => /^(README|CONTRIBUTING|docs\/.*|examples\/.*)\.md$/.test(path));
const CI = readFileSync(join(ROOT, '.ci', 'run'), 'utf8');
interface TaskStep { readonly exec?: string; readonly spawn?: string; readonly receiveArgs?: boolean }
const { tasks } = JSON.parse(readFileSync(join(ROOT, '.projen', 'tasks.json'), 'utf8')) as { tasks: Record<string, { steps?: TaskStep[] }> };
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** The commands of a document: lines of console blocks, and `code` that begins with npm, npx or node. */
function commandsIn(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const blocks = [...text.matchAll(/```(?:console|bash|sh)\n([^]*?)```/g)].flatMap(([, block]) => block.trim().split('\n'));
  const inline = [...text.replace(/```[^]*?```/g, '').matchAll(/`((?:npm|npx|node) [^`]+)`/g)].map(([, command]) => command);
  return [...blocks, ...inline];
}
const COMMANDS = [...new Set(DOCUMENTS.flatMap(commandsIn))].sort();

/** What is run elsewhere than in a clone, and where. */
const ELSEWHERE: Record<string, string> = {
  'npm test': 'the first check of .ci/run, which is itself a fresh clone',
  'npm pack': 'test:package and test:consumer',
  'npm init -y': 'test:consumer, in an empty folder',
  'npm install aws-cdk-lib constructs cdk-bedrock-haiku': 'test:consumer, from the packed tarball',
  'node app.js': 'test:consumer, with the README\'s own app',
  'npx aws-cdk@2 deploy --app \'node app.js\'': 'nowhere: it takes an AWS account; test:deploy deploys to a stand-in',
  'npx stryker run': 'the nightly workflow',
};

/** A command without its arguments: `npm run bench -- --rounds=1` is `npm run bench`. */
function nameOf(command: string): string {
  return /^npm run \S+/.exec(command)?.[0] ?? command;
}

test('there are documents and commands to look at', () => {
  expect(DOCUMENTS).toContain('README.md');
  expect(COMMANDS).toContain('npm run demo');
});

describe.each(COMMANDS.filter((command) => !command.startsWith('npx cdk-bedrock-haiku')))('%s', (command) => {
  test('is run by .ci/run as the first command of a clone, or it is said where', () => {
    if (ELSEWHERE[command]) return;
    const [, script] = /^npm run (\S+)/.exec(command) ?? [];
    const first = new RegExp(`^\\s*(first ${nameOf(command)}|first_suite ${script})( |$)`, 'm');
    expect(CI).toMatch(first);
  });

  test('is a script of the package, which installs what it needs', () => {
    const script = /^npm (?:run )?(\S+)/.exec(command)?.[1] ?? '';
    if (!command.startsWith('npm run') && command !== 'npm test') return;
    expect(scripts[script]).toBe(`node scripts/install.mjs && projen ${script}`);
  });
});

test('what is said to be run elsewhere is documented, and the first check of .ci/run is npm test', () => {
  expect(CI).toMatch(/^check test with_report "\$REPORTS\/test\.json" npm test --/m);
  expect(/^\s*(check|first|suite|first_suite) .*$/m.exec(CI.slice(CI.lastIndexOf('}\n')))?.[0]).toContain('npm test');
});

/** Where a script says how it is called: `Usage: npm run bench [-- --rounds=7]`. */
const USAGES = ['scripts', 'bench'].flatMap((folder) => readdirSync(join(ROOT, folder)).filter((file) => /\.(mjs|ts)$/.test(file)).map((file) => join(folder, file)))
  .flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/npm run (\S+) (?:\[?-- |<)/g)].map(([, task]): [string, string] => [task, file]));

test.each(USAGES)('npm run %s passes its arguments on, as %s says', (task, file) => {
  const step = tasks[task].steps!.find(({ exec }) => exec?.includes(file));
  expect(step).toMatchObject({ receiveArgs: true });
});

test('every task that runs a script or a suite of ours takes arguments', () => {
  const usages = USAGES.map(([task]) => task);
  expect(usages).toEqual(expect.arrayContaining(['bench', 'bench:invoker', 'example']));
});

test('a task that uses bundles or the compiled package asks for them, so that it can be the first one', () => {
  const needs = (task: string): string[] => (tasks[task].steps ?? []).flatMap(({ spawn }) => spawn ? [spawn, ...needs(spawn)] : []);
  const checked = Object.keys(tasks).filter((task) => /^(test|demo|example|bench|package|compat)(:|$)/.test(task) && task !== 'package' && task !== 'bench:invoker');
  for (const task of checked) expect({ task, needs: needs(task) }).toEqual({ task, needs: expect.arrayContaining(['bundled']) });
});
