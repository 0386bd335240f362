import { App, Stack } from 'aws-cdk-lib/core';
import { everyConstruct } from './kit/every-construct';
import { ACCOUNT } from './kit/stack';


/** The paths of a stack's constructs after synthesis, and the names that its template gives to things. */
function contract(stack: Stack): Record<string, string[]> {
  const { template } = (stack.node.root as App).synth().getStackByName(stack.stackName) as { template: Record<string, Record<string, unknown>> };
  const names = Object.entries(template).filter(([section]) => section !== 'Parameters').map(([section, named]) => [section, Object.keys(named).sort()]);
  // What is inside a Role is CDK's own, and differs between its releases.
  const paths = stack.node.findAll().map(({ node }) => node.path).filter((path) => !/Role\/(?!DefaultPolicy|Resource)/.test(path));
  return { paths, ...Object.fromEntries(names) };
}

// Construct ids and logical IDs are a contract: a change replaces what users have deployed.
test.each<[string, string | undefined]>([['an environment-agnostic stack', undefined], ['a stack in eu-west-1', 'eu-west-1']])('every construct id and logical ID of %s stays', (_, region) => {
  expect(contract(everyConstruct(new App(), 'Stack', region ? { account: ACCOUNT, region } : undefined))).toMatchSnapshot();
});
