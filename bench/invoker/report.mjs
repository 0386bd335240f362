// Prints the invoker's part of docs/performance.md, and writes it there between its markers; the rest of the page is left alone.
import { cpus, loadavg } from 'node:os';
import { table, writeSection } from '../page.ts';

export function report(file, measured, published) {
  const section = render(measured);
  console.log(section);
  if (published) writeSection(file, 'Performance', section, 'bench:invoker');
  else console.log('\nNot written to docs/performance.md: the published figures have more rounds, processes or calls.');
}

function render({ results, buffered, streamed, rounds, processes, calls }) {
  return [
    '## HaikuInvoker',
    '',
    `Written by \`npm run bench:invoker\` on ${cpus().length} x ${cpus()[0].model}. Medians of ${rounds} whole processes under the real`,
    `\`aws-lambda-ric\`, and of ${processes} processes of ${calls} warm calls each (a quarter of that for streams), after half as many others, handler called directly;`,
    'the endpoint is another process on loopback, over TLS. Ours has logging and metrics in. Trust the ratios, not the milliseconds, and of these',
    `the CPU time of the main thread where the machine is busy: its load average over the last 15 minutes was ${loadavg()[2].toFixed(1)} (this bench alone makes about 1.5).`,
    ...results.flatMap((result) => node(result, buffered, streamed)),
  ].join('\n');
}

function node({ version, cold, warm }, buffered, streamed) {
  return [
    '', `### Node ${version}`,
    '', table(['handler', 'kB read (gzip)', 'init ms', 'init + first call ms', 'CPU ms of init', 'over empty', 'CPU ms of both', 'over empty', 'MiB after init'],
      [...buffered, ...streamed].map((variant) => coldRow(variant, cold))),
    '', table(['warm, one call at a time', 'p50 / p99 microseconds', 'CPU microseconds a call', 'calls/s at 50 at once'],
      buffered.filter(({ name }) => warm[name]).map((variant) => warmRow(variant, warm))),
    '', table(['warm, streaming 115 events', 'first event microseconds', 'total p50 / p99', 'CPU microseconds a call'],
      streamed.map((variant) => streamRow(variant, warm))),
    '', table(['ratio', 'measured', 'goal', ''], verdicts(cold, warm)),
  ];
}

function coldRow({ name, title, bytes, zipped }, cold) {
  const { init, call, initCpu, bothCpu, memory } = cold[name];
  const over = (value, empty) => name === 'empty' ? '' : (value - empty).toFixed(1);
  return [title, `${kb(bytes)} (${kb(zipped)})`, init.toFixed(1), (init + call).toFixed(1), initCpu.toFixed(1), over(initCpu, cold.empty.initCpu),
    bothCpu.toFixed(1), over(bothCpu, cold.empty.bothCpu), memory.toFixed(1)];
}

function warmRow({ name, title }, warm) {
  const { p50, p99, cpu, perSecond } = warm[name];
  return [title, `${whole(p50)} / ${whole(p99)}`, whole(cpu), whole(perSecond)];
}

function streamRow({ name, title }, warm) {
  const { p50, p99, first, cpu } = warm[name];
  return [title, whole(first), `${whole(p50)} / ${whole(p99)}`, whole(cpu)];
}

/** By the clock, a warm call says nothing on a machine that has more to do than this bench: its waits are for other processes. */
const BUSY = 2.5;

/** The promises, each beside what was measured. Those of a cold start are in CPU time, which other processes disturb least. */
function verdicts(cold, warm) {
  const { 'ours': ours, 'hand-signed': limit, 'runtime-sdk': sdk, empty } = cold;
  const overEmpty = (field, one, other) => (one[field] - empty[field]) / (other[field] - empty[field]);
  const ofWarm = (field, one, other) => warm[one][field] / warm[other][field];
  const lines = [
    ['init over empty / (c), CPU time', overEmpty('initCpu', ours, limit), 1.5],
    ['init + first call over empty / (c), CPU time', overEmpty('bothCpu', ours, limit), 1.1],
    ['the same, streaming', overEmpty('bothCpu', cold['ours-stream'], cold['hand-signed-stream']), 1.1],
    ['the same / (a)', overEmpty('bothCpu', ours, sdk), 0.5],
    ['memory after init / (c)', ours.memory / limit.memory, 1.1],
    ['warm p50 / (c)', ofWarm('p50', 'ours', 'hand-signed'), 1.3, true],
    ['warm CPU time / (c)', ofWarm('cpu', 'ours', 'hand-signed'), 1.3],
    ['warm p50 / (a)', ofWarm('p50', 'ours', 'runtime-sdk'), 0.2, true],
    ['stream, first event / (c)', ofWarm('first', 'ours-stream', 'hand-signed-stream'), 1.15, true],
    ['stream, total / (c)', ofWarm('p50', 'ours-stream', 'hand-signed-stream'), 1.5, true],
  ];
  const busy = loadavg()[2] > BUSY;
  return lines.map(([what, ratio, goal, byClock]) => [what, ratio.toFixed(2), `<= ${goal}`, busy && byClock ? 'the machine was too busy to tell' : ratio <= goal ? 'met' : '**not met**']);
}

const kb = (bytes) => (bytes / 1000).toFixed(1);
const whole = (value) => Math.round(value).toLocaleString('en');
