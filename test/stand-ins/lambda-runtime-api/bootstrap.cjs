// What stands between Node and the handler in a child process: load, then loop over the Runtime API.
// It behaves as the real runtime client does, which the tests hold it to, without the minute that one takes to build.
'use strict';
const { request, Agent } = require('node:http');
const { existsSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { patchConsole, logError } = require('./console-format.cjs');

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let requestId;

function open(method, path, headers = {}) {
  return request({ hostname, port, agent, method, path: `/2018-06-01/runtime/${path}`, headers });
}

function exchange(outgoing, body) {
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject).once('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).once('error', reject);
      response.once('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
    });
    if (body !== null) outgoing.end(body);
  });
}

function formatError(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

class HttpResponseStream {
  static from(stream, prelude) {
    stream.setContentType('application/vnd.awslambda.http-integration-response');
    stream.beforeFirstWrite = (write) => {
      write(JSON.stringify(prelude));
      write(Buffer.alloc(8));
    };
    return stream;
  }
}

globalThis.awslambda = { streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }), HttpResponseStream };

async function loadHandler() {
  const [file, ...name] = basename(process.env._HANDLER).split('.');
  const path = join(process.env.LAMBDA_TASK_ROOT, dirname(process.env._HANDLER), file);
  const found = ['.js', '.mjs', '.cjs'].map((extension) => path + extension).find((candidate) => existsSync(candidate));
  if (found === undefined) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  const loaded = await import(found);
  const pick = (from) => name.reduce((nested, key) => nested?.[key], from);
  const handler = pick(loaded) ?? pick(loaded.default);
  if (handler === undefined) throw named('Runtime.HandlerNotFound', `${process.env._HANDLER} is undefined or not exported`);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${process.env._HANDLER} is not a function`);
  return handler;
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function respond(handler, event, context) {
  try {
    const result = await handler(event, context);
    await exchange(open('POST', `invocation/${requestId}/response`, { 'content-type': 'application/json' }), JSON.stringify(result ?? null));
  } catch (error) {
    logError('Invoke Error', error);
    await exchange(open('POST', `invocation/${requestId}/error`, { 'content-type': 'application/json' }), JSON.stringify(formatError(error)));
  }
}

async function stream(handler, event, context) {
  const outgoing = open('POST', `invocation/${requestId}/response`, {
    'lambda-runtime-function-response-mode': 'streaming',
    'content-type': 'application/octet-stream',
    'transfer-encoding': 'chunked',
    'trailer': 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
  });
  const accepted = exchange(outgoing, null);
  accepted.catch(() => undefined); // awaited below, after the handler
  outgoing.setContentType = (type) => outgoing.setHeader('content-type', type);
  const write = outgoing.write.bind(outgoing);
  outgoing.write = (chunk, ...rest) => {
    const prepare = outgoing.beforeFirstWrite;
    outgoing.beforeFirstWrite = undefined;
    prepare?.(write);
    return write(typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk), ...rest);
  };
  try {
    await handler(event, outgoing, context);
  } catch (error) {
    logError('Invoke Error', error);
    const body = Buffer.from(JSON.stringify(formatError(error))).toString('base64');
    outgoing.addTrailers({ 'Lambda-Runtime-Function-Error-Type': error.name, 'Lambda-Runtime-Function-Error-Body': body });
    outgoing.end();
  }
  await accepted;
}

async function main() {
  patchConsole(() => requestId);
  const handler = await loadHandler().catch(async (error) => {
    logError('Init Error', error);
    await exchange(open('POST', 'init/error', { 'content-type': 'application/json' }), JSON.stringify(formatError(error)));
    process.exit(1);
  });
  for (;;) {
    const { headers, body } = await exchange(open('GET', 'invocation/next'));
    requestId = headers['lambda-runtime-aws-request-id'];
    await (handler[STREAMING] ? stream : respond)(handler, JSON.parse(body), contextOf(headers));
  }
}

main();
