import { performance } from 'node:perf_hooks';
import { serviceError } from './service-error';
import { EXPLANATIONS } from '../../../src/handlers/invoke/failures/explain';
import { MODEL_ID } from '../../invoker/test-invoker';

const target = { modelId: MODEL_ID, region: 'eu-west-2' };
const LENGTH = 360_000;

/** The least of five times: the one that nothing else on the machine disturbed. */
function leastTime(run: () => unknown): number {
  return Math.min(...Array.from({ length: 5 }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }));
}

test.each([
  ['arn:aws:bedrock:eu-west-2:111122223333:a'], ['arn:aws:bedrock::'], ['not authorized to perform: '], ['on resource: a'], ['inference profile '],
  ['a-'], [' '], ['\''], ['"a'], ['Invocation of model ID '], ['1'], ['ä'], ['a b ], { '],
])('an error of 360 kB of %j is read in the time that reading its JSON takes, but for a factor', (part) => {
  const body = JSON.stringify({ message: `User: x is not authorized to perform: ${part.repeat(LENGTH / part.length)}` });
  const event = { prompt: part.repeat(100) };
  const errorOf = (status: number) => serviceError({ status, headers: {}, body }, target, 0);
  const read = (status: number) => errorOf(status).withoutTextOf(event, EXPLANATIONS).forCallers();
  const baseline = leastTime(() => JSON.parse(body)) + leastTime(() => body.split(' ').join('').length) + 1;
  expect(leastTime(() => read(403)) / baseline).toBeLessThan(50);
  expect(leastTime(() => read(400)) / baseline).toBeLessThan(50);
});
