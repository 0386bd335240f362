// One whole process under the real Lambda runtime client: from its start to its first answer.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const EVENT = JSON.stringify({ messages: [{ role: 'user', content: 'Write a haiku about rivers.' }] });

/** Resolves to milliseconds of init and of the first call, those of them that its main thread computed, and MiB resident after each. */
export async function coldStart({ node, ric, folder, environment }) {
  const times = {};
  let child;
  // Of the main thread alone, so that neither other processes nor V8's helpers count.
  const cpu = () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
  const started = performance.now();
  await new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const operation = request.url.split('/').at(-1);
      if (operation === 'next' && times.init === undefined) {
        times.init = performance.now() - started;
        times.initCpu = cpu();
        times.memory = memory();
        times.asked = performance.now();
        response.writeHead(200, {
          'content-type': 'application/json',
          'lambda-runtime-aws-request-id': '00000000-0000-4000-8000-000000000001',
          'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
          'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-2:111122223333:function:bench',
        });
        response.end(EVENT);
        return;
      }
      if (operation === 'next') return;
      const chunks = [];
      request.on('data', (chunk) => {
        times.firstByte ??= performance.now() - times.asked;
        chunks.push(chunk);
      });
      request.on('end', () => {
        times.call = performance.now() - times.asked;
        times.bothCpu = cpu();
        times.memoryAfter = memory();
        response.writeHead(202).end();
        const body = Buffer.concat(chunks).toString();
        if (operation === 'error' || !body.includes('message')) times.failure = body;
        child.kill();
        server.close();
        server.closeAllConnections();
      });
    });
    server.listen(0, '127.0.0.1', () => {
      child = spawn(node, [ric], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...environment, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${server.address().port}`, LAMBDA_TASK_ROOT: folder, _HANDLER: 'index.handler' },
      });
      let output = '';
      child.stdout.on('data', (text) => output += text);
      child.stderr.on('data', (text) => output += text);
      child.on('error', reject);
      child.on('exit', () => times.call === undefined || times.failure ? reject(new Error(`${folder} failed: ${times.failure ?? ''}\n${output}`)) : resolve());
    });
  });
  return times;
}
