import { Stack } from 'aws-cdk-lib/core';
import { invokerWith, optionsOf } from './stack-with-invoker';
import { Sampling } from '../../src';
import { thrown } from '../kit/three-ways';

test.each([0, 0.5, 1])('%d is a temperature and a topP, and the handler is told one of the two', (value) => {
  expect(optionsOf(Stack.of(invokerWith({ sampling: Sampling.temperature(value) })))).toMatchObject({ temperature: value });
  expect(optionsOf(Stack.of(invokerWith({ sampling: Sampling.temperature(value) })))).not.toHaveProperty('topP');
  expect(optionsOf(Stack.of(invokerWith({ sampling: Sampling.topP(value) })))).toMatchObject({ topP: value });
  expect(optionsOf(Stack.of(invokerWith({ sampling: Sampling.topP(value) })))).not.toHaveProperty('temperature');
});

test.each([-0.01, 1.01, NaN, '0.5' as unknown as number])('%p is neither', (value) => {
  expect(thrown(() => Sampling.temperature(value))).toBe(
    `Sampling.temperature is out of range, got ${typeof value === 'string' ? '"0.5"' : value}; expected a number from 0 to 1. Use a number in that range.`);
  expect(thrown(() => Sampling.topP(value))).toBe(
    `Sampling.topP is out of range, got ${typeof value === 'string' ? '"0.5"' : value}; expected a number from 0 to 1. Use a number in that range.`);
});
