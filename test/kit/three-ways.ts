import { Template } from 'aws-cdk-lib/assertions';
import { App, Aspects, Environment, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** What misuse throws in `new`, in `app.synth()` and in `Template.fromStack`. */
export interface Failures {
  readonly new: string;
  readonly synth: string;
  readonly fromStack: string;
}

/**
 * Misuses the library in each of the three ways. In the second and third an aspect does it, so that nothing but the synthesis
 * itself can fail: an error annotation would let both pass.
 */
export function failures(define: (scope: Construct) => unknown, env?: Environment): Failures {
  return {
    new: thrown(() => define(new Stack(new App(), 'Stack', { env }))),
    synth: thrown(() => (stackWithAspect(define, env).node.root as App).synth()),
    fromStack: thrown(() => Template.fromStack(stackWithAspect(define, env))),
  };
}

/** The same text in each of the three ways. */
export function everywhere(message: string): Failures {
  return { new: message, synth: message, fromStack: message };
}

/** The message of what is thrown; nothing thrown is itself an error. */
export function thrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error, and nothing was thrown');
}

function stackWithAspect(define: (scope: Construct) => unknown, env?: Environment): Stack {
  const stack = new Stack(new App(), 'Stack', { env });
  Aspects.of(stack).add({ visit: (node) => { if (node === stack) define(stack); } });
  return stack;
}
