import { eachWithStandIn } from '../../invoker/each-with-stand-in';
import { TestInvoker } from '../../invoker/test-invoker';
import { BedrockStandIn } from '../../stand-ins/bedrock-runtime';

let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithStandIn((started) => ({ standIn, invoker } = started));

const ask = async () => invoker.invoke(() => ({ prompt: 'Hello' }), { source: 'direct', deadline: Date.now() + 60_000 });

test('a thousand calls, one after another, share one connection', async () => {
  for (let i = 0; i < 1000; i++) await ask();
  expect({ calls: standIn.calls.length, connections: standIn.connections }).toEqual({ calls: 1000, connections: 1 });
}, 60_000);

test('a connection that the service closed is opened again, without an error to the caller', async () => {
  for (let i = 0; i < 20; i++) {
    standIn.closeConnections();
    expect((await ask()).body.type).toBe('message');
  }
  expect(standIn.connections).toBeGreaterThan(1);
  expect(invoker.lines.map(({ attempts }) => attempts).every((attempts) => attempts === 1 || attempts === 2)).toBe(true);
});
