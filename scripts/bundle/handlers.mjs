// Bundles each src/handlers/invoke-*.lambda.ts into the folder <out>/<name>:
// - index.js only requires main.cjs: Lambda imports it, and Node then searches the whole of that file for its exports;
// - main.cjs is the handler;
// - sentences.cjs and explain.cjs are what it loads when a call has failed;
// - system-prompt.cjs is what it loads where the system prompt is no literal;
// - role-session.cjs is what it loads where it assumes a role.
// What only some invokers use is in <out>/invoke-parts, from where the construct puts it beside their handlers:
// - ladder.cjs asks a stronger model where an answer does not do;
// - json-schema.cjs judges answers by a schema;
// - verdict.cjs asks a function about an answer;
// - traffic.cjs sends a share of calls to a second target.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './build.mjs';
import { sentencesFile, sentencesIn, withoutSentences } from './sentences.mjs';
import { slimValidator } from './slim-validator.mjs';

/** The oldest Node.js among the Lambda runtimes that run a handler. */
export const LAMBDA_NODE = 22;

/** What is a file of its own, below src/handlers/invoke. */
const APART = ['failures/explain', 'http/role-session', 'prompt/system-prompt', 'log/gen-ai'];

/** What is a file beside the handlers that need it, and no others. */
const BESIDE = ['escalation/ladder', 'escalation/json-schema', 'escalation/verdict', 'traffic/traffic'];

/** Leaves `import('.../explain.js')` and its like to be loaded when they are reached. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    const names = [...APART, ...BESIDE].map((file) => basename(file));
    onResolve({ filter: /\.js$/ }, ({ kind, path }) => {
      const name = basename(path, '.js');
      return kind === 'dynamic-import' && names.includes(name) ? { path: `./${name}.cjs`, external: true } : undefined;
    });
  },
};

export async function bundleHandlers(root, out) {
  const folder = join('src', 'handlers');
  const handlers = readdirSync(join(root, folder)).filter((file) => /^invoke-.*\.lambda\.ts$/.test(file));
  const options = {
    entryPoints: handlers.map((file) => ({ in: join(folder, file), out: join(basename(file, '.lambda.ts'), 'main') })),
    outdir: out,
    // An extension that needs no package.json to be understood: Node looks for none.
    outExtension: { '.js': '.cjs' },
  };
  const whole = await bundle(root, LAMBDA_NODE, { ...options, write: false, plugins: [apart] });
  const sentences = sentencesIn(root, Object.keys(whole.metafile.inputs).filter((file) => file.startsWith(`${folder}/invoke/`)));
  const { metafile } = await bundle(root, LAMBDA_NODE, { ...options, plugins: [apart, withoutSentences(sentences)] });
  const parts = await bundle(root, LAMBDA_NODE, {
    entryPoints: APART.map((file) => ({ in: join(folder, 'invoke', `${file}.ts`), out: basename(file) })), outdir: out, outExtension: { '.js': '.cjs' }, write: false,
  });
  const beside = await bundle(root, LAMBDA_NODE, {
    entryPoints: BESIDE.map((file) => ({ in: join(folder, 'invoke', `${file}.ts`), out: basename(file) })),
    outdir: join(out, 'invoke-parts'),
    outExtension: { '.js': '.cjs' },
    plugins: [apart, slimValidator],
  });
  // What unit tests of apps run a ladder with: the handler without AWS.
  const local = await bundle(root, LAMBDA_NODE, {
    entryPoints: [{ in: join(folder, 'invoke', 'local-ladder.ts'), out: 'index' }],
    outdir: join(out, 'local'),
    outExtension: { '.js': '.cjs' },
    plugins: [apart, slimValidator],
  });
  for (const file of handlers) {
    const to = join(out, basename(file, '.lambda.ts'));
    for (const { path, text } of parts.outputFiles) writeFileSync(join(to, basename(path)), text);
    writeFileSync(join(to, 'sentences.cjs'), sentencesFile(sentences));
    writeFileSync(join(to, 'index.js'), 'exports.handler = require("./main.cjs").handler;\n');
  }
  return [metafile, parts.metafile, beside.metafile, local.metafile];
}
