// Calls one handler many times inside one process: argv names its folder, whether it streams, and how often, before and while it is measured.
const { Writable } = require('node:stream');

const [, , folder, kind, ahead, calls] = process.argv;
globalThis.awslambda = { streamifyResponse: (handler) => handler, HttpResponseStream: { from: (out) => out } };
const event = { messages: [{ role: 'user', content: 'Write a haiku about rivers.' }] };
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 60_000 };

async function main() {
  const { handler } = require(`${folder}/index.js`);
  const once = kind === 'stream' ? () => streamed(handler) : async () => void await handler(event, context);
  // Until V8 has optimized what is called often: warm means that nothing is being compiled any more.
  for (let i = 0; i < Number(ahead); i++) await once();
  const micros = [];
  const firsts = [];
  const cpu = process.cpuUsage();
  for (let i = 0; i < Number(calls); i++) {
    const start = performance.now();
    const first = await once();
    micros.push((performance.now() - start) * 1000);
    if (first) firsts.push((first - start) * 1000);
  }
  const { user, system } = process.cpuUsage(cpu);
  const began = performance.now();
  let left = Number(calls);
  await Promise.all(Array.from({ length: 50 }, async () => { while (left-- > 0) await once(); }));
  const perSecond = Number(calls) / (performance.now() - began) * 1000;
  process.send({ p50: at(micros, 0.5), p99: at(micros, 0.99), first: at(firsts, 0.5), cpu: (user + system) / Number(calls), perSecond });
  process.exit();
}

function streamed(handler) {
  return new Promise((resolve, reject) => {
    let first;
    const out = new Writable({
      write(chunk, encoding, done) {
        first ??= performance.now();
        done();
      },
      final(done) {
        done();
        resolve(first);
      },
    });
    handler(event, out, context).catch(reject);
  });
}

function at(values, share) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)];
}

main();
