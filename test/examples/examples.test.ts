import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EXAMPLES, NAMES } from './example-folders';
import { withoutHandlerHashes } from '../../src/snapshot';

test('the examples are the uses that the README names', () => {
  expect(NAMES).toEqual([
    'batch',
    'central-account',
    'cost-tags',
    'environment-agnostic',
    'escalation',
    'eu-residency',
    'first-invocation',
    'global-opt-in',
    'map',
    'model-access-and-logging',
    'monitoring',
    'moving-on',
    'platform-repo',
    'queue',
    'streaming-function-url',
  ]);
});

test.each(NAMES)('%s synthesises the templates of its snapshot', async (name) => {
  const { app } = await import(join(EXAMPLES, name, 'app')) as { app: App };
  const stacks = app.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
  expect(stacks.length).toBeGreaterThan(0);
  for (const stack of stacks) {
    // A release may change the handlers' hashes; all else in a template is a contract.
    expect(withoutHandlerHashes(Template.fromStack(stack).toJSON())).toMatchSnapshot(stack.stackName);
  }
});
