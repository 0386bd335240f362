// Compares the invoker's bundles with what one would write instead, and writes the figures to docs/performance.md.
// Usage: npm run bench:invoker [-- --rounds=121 --processes=9 --calls=1500 --only=ours]. Takes about twenty minutes on two cores.
// With fewer of any of these, or with some variants only, the figures are printed only.
import { execFileSync, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { coldStart } from '../bench/invoker/cold-start.mjs';
import { report } from '../bench/invoker/report.mjs';
import { installTools, NODES } from '../bench/invoker/tools.mjs';
import { BUFFERED, bundleVariants, STREAMED } from '../bench/invoker/variants.mjs';
import { interleaved, numbersOf } from '../bench/rounds.ts';
import { Samples } from '../bench/samples.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string' }, processes: { type: 'string' }, calls: { type: 'string' }, only: { type: 'string', default: '' } } });
const { numbers, published } = numbersOf(values, { rounds: 121, processes: 9, calls: 1500 });
/** Without what loads TypeScript into this process: it would be measured too. */
const PLAIN = { execArgv: [] };
const root = fileURLToPath(new URL('..', import.meta.url));
const work = join(root, '.bench');

const tools = installTools(work);
execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs')], { stdio: 'inherit' });
await bundleVariants(root, work);
const endpoint = fork(join(root, 'bench/invoker/endpoint.mjs'), [tools.key, tools.cert], PLAIN);
const { port } = await message(endpoint);
const url = `https://localhost:${port}`;
const environment = {
  PATH: process.env.PATH,
  HOME: work,
  NODE_PATH: tools.sdk,
  NODE_EXTRA_CA_CERTS: tools.cert,
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_VERSION: '1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
  AWS_LAMBDA_LOG_GROUP_NAME: 'bench',
  AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token'.repeat(100),
  AWS_ENDPOINT_URL: url,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
  MODEL_ID: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  MODEL_ENDPOINT: 'bedrock-runtime',
  MODEL_REGION: 'eu-west-2',
};

const chosen = (variants) => variants.filter(({ name }) => name.startsWith(values.only));
const results = [];
for (const major of NODES) {
  const node = tools.node(major);
  const cold = await inRounds(chosen([...BUFFERED, ...STREAMED]), numbers.rounds, ({ folder }) => coldStart({ node, ric: tools.ric, folder, environment }), `Node ${major}, cold starts`);
  const warm = await inRounds(chosen([...BUFFERED, ...STREAMED]).filter(({ name }) => name !== 'empty'), numbers.processes, (variant) => warmCalls(node, variant), `Node ${major}, warm calls`);
  results.push({ version: execFileSync(node, ['--version']).toString().trim(), cold, warm });
}
endpoint.disconnect();
// The tables compare variants with each other, so they need all.
if (values.only) console.log(JSON.stringify(results, undefined, 2));
else report(join(root, 'docs/performance.md'), { results, buffered: BUFFERED, streamed: STREAMED, ...numbers }, published);

/** The median of every figure of each variant. */
async function inRounds(variants, rounds, measure, title) {
  let runs = 0;
  const figures = await interleaved(variants.map(({ name }) => name), rounds, (wanted) => {
    process.stderr.write(`\r${title}: ${Math.floor(runs++ / variants.length) + 1}/${rounds}   `);
    return measure(variants.find(({ name }) => name === wanted));
  });
  process.stderr.write('\n');
  return Object.fromEntries(Object.entries(figures).map(([name, costs]) => [name, medians(costs)]));
}

function medians(costs) {
  const fields = Object.keys(costs[0]).filter((field) => typeof costs[0][field] === 'number');
  return Object.fromEntries(fields.map((field) => [field, new Samples(costs.map((cost) => cost[field])).median]));
}

async function warmCalls(node, { name, folder }) {
  const kind = name.endsWith('stream') ? 'stream' : 'whole';
  const ahead = String(Math.ceil(numbers.calls / 2));
  const calls = String(Math.ceil(numbers.calls / (kind === 'stream' ? 4 : 1)));
  const child = fork(join(root, 'bench/invoker/warm-calls.cjs'), [folder, kind, ahead, calls], { ...PLAIN, execPath: node, env: environment, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return message(child);
}

function message(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve).once('error', reject).once('exit', (code) => reject(new Error(`exited with ${code}`)));
  });
}
