import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EXAMPLES, NAMES } from './example-folders';

/** A handler's hash changes with every release; all else in a template is a contract. */
function withoutAssetHashes(template: object): unknown {
  return JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}\.zip/g, '<hash>.zip'));
}

test('the examples are the uses that the README names', () => {
  expect(NAMES).toEqual([
    'cost-tags', 'environment-agnostic', 'eu-residency', 'first-invocation', 'global-opt-in', 'model-access-and-logging', 'streaming-function-url',
  ]);
});

test.each(NAMES)('%s synthesises the templates of its snapshot', async (name) => {
  const { app } = await import(join(EXAMPLES, name, 'app')) as { app: App };
  const stacks = app.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
  expect(stacks.length).toBeGreaterThan(0);
  for (const stack of stacks) {
    expect(withoutAssetHashes(Template.fromStack(stack).toJSON())).toMatchSnapshot(stack.stackName);
  }
});
