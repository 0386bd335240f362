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
    'the endpoint is another process on loopback, over TLS. Ours has logging and metrics in. Trust the ratios, not the milliseconds,',
    `and neither on a busy machine: its load average over the last 15 minutes was ${loadavg()[2].toFixed(1)} (this bench alone makes about 1.5).`,
    ...results.flatMap((result) => node(result, buffered, streamed)),
  ].join('\n');
}

function node({ version, cold, warm }, buffered, streamed) {
  return [
    '', `### Node ${version}`,
    '', table(['handler', 'minified kB (gzip)', 'init ms', 'over empty', 'init + first call ms', 'over empty', 'MiB after init'],
      [...buffered, ...streamed].map((variant) => coldRow(variant, cold))),
    '', table(['warm, one call at a time', 'p50 / p99 microseconds', 'CPU microseconds a call', 'calls/s at 50 at once'],
      buffered.filter(({ name }) => warm[name]).map((variant) => warmRow(variant, warm))),
    '', table(['warm, streaming 115 events', 'first event microseconds', 'total p50 / p99', 'CPU microseconds a call'],
      streamed.map((variant) => streamRow(variant, warm))),
    '', table(['ratio', 'measured', 'goal', ''], verdicts(cold, warm)),
  ];
}

function coldRow({ name, title, bytes, zipped }, cold) {
  const { init, call, memory } = cold[name];
  const over = (value, empty) => name === 'empty' ? '' : (value - empty).toFixed(1);
  return [title, `${kb(bytes)} (${kb(zipped)})`, init.toFixed(1), over(init, cold.empty.init), (init + call).toFixed(1),
    over(init + call, cold.empty.init + cold.empty.call), memory.toFixed(1)];
}

function warmRow({ name, title }, warm) {
  const { p50, p99, cpu, perSecond } = warm[name];
  return [title, `${whole(p50)} / ${whole(p99)}`, whole(cpu), whole(perSecond)];
}

function streamRow({ name, title }, warm) {
  const { p50, p99, first, cpu } = warm[name];
  return [title, whole(first), `${whole(p50)} / ${whole(p99)}`, whole(cpu)];
}

/** The promises, each beside what was measured. */
function verdicts(cold, warm) {
  const { 'ours': ours, 'hand-signed': limit, 'runtime-sdk': sdk, empty } = cold;
  const both = ({ init, call }) => init + call;
  const lines = [
    ['init over empty / (c)', (ours.init - empty.init) / (limit.init - empty.init), 1.5],
    ['init + first call over empty / (c)', (both(ours) - both(empty)) / (both(limit) - both(empty)), 1.25],
    ['the same / (a), where the limit is what 1.25 x (c) comes to', (both(ours) - both(empty)) / (both(sdk) - both(empty)),
      1.25 * (both(limit) - both(empty)) / (both(sdk) - both(empty))],
    ['memory after init / (c)', ours.memory / limit.memory, 1.1],
    ['warm p50 / (c)', warm.ours.p50 / warm['hand-signed'].p50, 1.3],
    ['warm p99 / (c)', warm.ours.p99 / warm['hand-signed'].p99, 1.3],
    ['warm p50 / (a)', warm.ours.p50 / warm['runtime-sdk'].p50, 0.2],
    ['warm p99 / (a)', warm.ours.p99 / warm['runtime-sdk'].p99, 0.2],
    ['stream, first event / (c)', warm['ours-stream'].first / warm['hand-signed-stream'].first, 1.5],
    ['stream, total / (c)', warm['ours-stream'].p50 / warm['hand-signed-stream'].p50, 1.5],
  ];
  return lines.map(([what, ratio, goal]) => [what, ratio.toFixed(2), `<= ${Number(goal.toFixed(2))}`, ratio <= goal ? 'met' : '**not met**']);
}

const kb = (bytes) => (bytes / 1000).toFixed(1);
const whole = (value) => Math.round(value).toLocaleString('en');
