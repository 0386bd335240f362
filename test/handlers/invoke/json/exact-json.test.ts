import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import type { InvokerOptions } from '../../../../src/contract/invoker-options';
import { CONVERSE } from '../../../../src/handlers/invoke/dialects/converse-dialect';
import type { Dialect } from '../../../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../../../src/handlers/invoke/dialects/messages-dialect';
import type { HttpResult } from '../../../../src/handlers/invoke/events/http-answer';
import { respond } from '../../../../src/handlers/invoke/events/respond';
import { ExactNumber, jsonText, numberOf, parseJson } from '../../../../src/handlers/invoke/json/exact-json';
import { isObject } from '../../../../src/handlers/invoke/json/json-object';
import { contextWith, TestInvoker } from '../../../invoker/test-invoker';
import { defaults } from '../generated-events';
import '../../../property-seed';

const CHANGED = ['12345678901234567890', '-0', '1e400', '-1e999', '1.10', '1.0', '1E5', '1e5', '1e-400', '0.10000000000000000555', '123456789.123456789012345'];

test.each(CHANGED)('%s keeps its spelling', (literal) => {
  const text = `{"a":[${literal},{"b":${literal}}],"c":"${literal}, \\"${literal}\\\\"}`;
  expect(jsonText(parseJson(text))).toBe(text);
  expect(numberOf(parseJson(literal))).toBe(Number(literal));
  expect(`${(parseJson(literal) as ExactNumber).toString()}`).toBe(literal);
});

test.each(['0', '-1', '1.5', '1e+21', '4096', '[true,false,null]', '"1.10"', '{"1.10":"1e400"}', '{"a":"\\\\\\"1.10,"}'])('%s is read as JSON.parse reads it', (text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
  expect(jsonText(parseJson(text))).toBe(text);
});

test('an exact number is no object whose fields a handler could look at', () => {
  expect(isObject(parseJson('1.10'))).toBe(false);
  expect([numberOf('1'), numberOf(null), numberOf(2)]).toEqual([undefined, undefined, 2]);
});

test('what is no JSON is refused as JSON.parse refuses it', () => {
  for (const text of ['', '{', '01', '1.', '"1.10', '[1.10', 'NaN', '{"a":1.10,}']) expect(() => parseJson(text)).toThrow(SyntaxError);
});

/** JSON texts with numbers of any spelling, and names that mean something to JavaScript. */
const space = fc.constantFrom('', ' ', '\n\t');
const literal = fc.oneof(fc.constantFrom(...CHANGED), fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/));
const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'toJSON', '1', '1.10'));
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof({ maxDepth: 4 }, literal, fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)), fc.constantFrom('true', 'null', '"\\\\\\""', '"\\u0031.10"'),
    fc.tuple(space, fc.array(tie('json'), { maxLength: 3 })).map(([gap, items]) => `[${gap}${items.join(`,${gap}`)}]`),
    fc.tuple(space, fc.uniqueArray(fc.tuple(name, tie('json')), { maxLength: 3, selector: ([key]) => key }))
      .map(([gap, fields]) => `{${gap}${fields.map(([key, value]) => `${JSON.stringify(key)}${gap}:${value}`).join(',')}}`)),
}));

/** A text's values, each number as it is spelled: read by an expression of our own, and so by other code than what is tested. */
function spelled(text: string): unknown {
  return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => token.startsWith('"') ? token : `["a number",${JSON.stringify(token)}]`));
}

test('any JSON text is written with the values that it was read with', () => {
  fc.assert(fc.property(json, (text) => {
    expect(JSON.stringify(spelled(jsonText(parseJson(text))))).toBe(JSON.stringify(spelled(text)));
  }), { numRuns: 3_000 });
});

const OUTSIDE = 'The event has a number outside what JSON numbers hold here, about 1.8e308. Send a smaller one, or a string.';

describe('over the wire', () => {
  let server: Server;
  let url: string;
  let answer: string;
  const bodies: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        bodies.push(Buffer.concat(chunks).toString());
        response.end(answer);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const functionUrl = (body: string) => ({ requestContext: { http: { method: 'POST', path: '/' }, domainName: 'x.lambda-url.eu-west-2.on.aws' }, rawPath: '/', body });
  const queue = (body: string) => ({ Records: [{ messageId: '1', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:q', body }] });

  async function ask(event: unknown, dialect: Dialect, options: InvokerOptions): Promise<unknown> {
    bodies.length = 0;
    const invoker = TestInvoker.create({ url, dialect, options });
    const outcome = await respond(event, contextWith(30_000), invoker);
    invoker.close();
    return outcome;
  }

  test('whatever an HTTP request or a queue message says reaches the service as it is spelled, with any defaults', async () => {
    answer = '{}';
    const dialects = fc.constantFrom(MESSAGES, CONVERSE);
    const sources = fc.constantFrom(functionUrl, queue);
    await fc.assert(fc.asyncProperty(json, json, defaults, dialects, sources, async (one, other, options, dialect, event) => {
      const body = `{"messages":[{"role":"user","content":[{"type":"text","text":"1.10"}],"more":${one}}], "mine" : ${other}, "tools":[${one}]}`;
      await ask(event(body), dialect, options);
      const [sent] = bodies.map((text) => spelled(text) as { messages: { more: unknown }[]; mine: unknown; tools: unknown[] });
      const given = spelled(`[${one},${other}]`) as unknown[];
      expect(JSON.stringify([sent.messages[0].more, sent.mine])).toBe(JSON.stringify(given));
      // A tool may have got a checkpoint: all else of it is as it was.
      const tool = sent.tools[0];
      if (typeof tool === 'object' && tool !== null && !Array.isArray(tool) && options.promptCaching?.tools) delete (tool as { cache_control?: unknown }).cache_control;
      expect(JSON.stringify(tool)).toBe(JSON.stringify(given[0]));
    }), { numRuns: 300 });
  });

  /** The numbers of a text as Lambda's runtime reads those of a direct event, spelled again. */
  const asLambdaReads = (text: string) => text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    const value = Number(token);
    return token.startsWith('"') ? token : Object.is(value, -0) ? '-0' : String(value);
  });

  test('a direct event reaches the service with the numbers that Lambda read, -0 too, or is refused for one that it could not hold', async () => {
    answer = '{}';
    await fc.assert(fc.asyncProperty(json, defaults, fc.constantFrom(MESSAGES, CONVERSE), async (more, options, dialect) => {
      const outcome = await ask(JSON.parse(`{"messages":[{"role":"user","content":[{"type":"text","text":"-0"}],"more":${more}}]}`), dialect, options).catch((error: Error) => error);
      const read = asLambdaReads(more);
      if (/Infinity/.test(read.replace(/"(?:[^"\\]|\\.)*"/g, ''))) {
        expect(outcome).toMatchObject({ name: 'InvalidRequestError', status: 400, message: OUTSIDE });
        expect(bodies).toEqual([]);
      } else {
        const [sent] = bodies.map((text) => spelled(text) as { messages: { more: unknown }[] });
        // An object's own "__proto__" and keys that look like numbers stand where JSON.parse puts them.
        expect(JSON.stringify(sent.messages[0].more)).toBe(JSON.stringify(spelled(read)));
      }
    }), { numRuns: 300 });
  });

  test.each([Infinity, -Infinity, NaN])('%p anywhere in a direct event is refused, and not sent as null', async (number) => {
    for (const event of [{ prompt: 'Hello', temperature: number }, { messages: [{ role: 'user', content: [{ input: { deep: [[number]] } }] }] }]) {
      await expect(ask(event, MESSAGES, {})).rejects.toMatchObject({ name: 'InvalidRequestError', message: OUTSIDE });
      await expect(ask(event, CONVERSE, {})).rejects.toMatchObject({ name: 'InvalidRequestError', message: OUTSIDE });
    }
    expect(bodies).toEqual([]);
  });

  test('numbers of any spelling are checked like others', async () => {
    const refused = async (more: string) => JSON.parse((await ask(functionUrl(`{"prompt":"Hello",${more}}`), MESSAGES, {}) as HttpResult).body).error.message;
    expect(await refused('"max_tokens":6.4001e4')).toBe('"max_tokens" is 64001; the model writes at most 64000 tokens.');
    expect(await refused('"max_tokens":1e400')).toBe('"max_tokens" is Infinity; the model writes at most 64000 tokens.');
    expect(await refused('"thinking":{"type":"enabled","budget_tokens":1.023e3}')).toBe('The thinking budget is 1023 tokens; the least is 1024.');
    await ask(functionUrl('{"prompt":"Hello","temperature":1.0,"thinking":{"type":"enabled","budget_tokens":2048.0}}'), MESSAGES, {});
    expect(bodies).toEqual([expect.stringContaining('"temperature":1.0,"thinking":{"type":"enabled","budget_tokens":2048.0}')]);
    expect(JSON.parse((await ask(functionUrl('1.10'), MESSAGES, {}) as HttpResult).body).error.message).toBe(
      'The event is a number; send a request body with "messages", or { "prompt": "..." }.');
  });

  test('an HTTP answer is the service\'s own text, and a direct one is exact where Lambda\'s Node.js can write it', async () => {
    answer = '{"content":[{"type":"tool_use","input":{"order":12345678901234567890,"price":1.10,"none":-0}}],"usage":{"input_tokens":1e1,"output_tokens":2}}';
    expect((await ask(functionUrl('{"prompt":"Hello"}'), MESSAGES, {}) as HttpResult).body).toBe(answer);
    const direct = JSON.stringify(await ask({ prompt: 'Hello' }, MESSAGES, {}));
    // Node.js 22 brought JSON.rawJSON, and the functions run on 24.
    expect(direct).toBe('rawJSON' in JSON ? answer : JSON.stringify(JSON.parse(answer)));
  });
});
