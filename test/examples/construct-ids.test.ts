import { join } from 'node:path';
import { App, CfnElement, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { EXAMPLES, NAMES } from './example-folders';
import { CONSTRUCTS } from '../kit/every-construct';

/** A function's version carries a hash of the code, which a release may change. */
const withoutCodeHash = (id: string): string => id.replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}$/, '$1<hash>');

/** What is in the template, what holds it, and what is ours; CDK's other inner constructs differ from release to release. */
function isPinned(construct: IConstruct): boolean {
  return construct.node.findAll().some((inner) => CfnElement.isCfnElement(inner))
    || Object.values(CONSTRUCTS).some((Class) => construct instanceof Class);
}

/** Every such construct by its path; those in the template with their logical ID, which decides what an upgrade replaces. */
function idsOf(app: App): Record<string, string> {
  return Object.fromEntries(app.node.findAll().slice(1).filter(isPinned)
    .map((construct) => [construct.node.path, CfnElement.isCfnElement(construct)
      ? `${withoutCodeHash(Stack.of(construct).resolve(construct.logicalId) as string)}${type(construct)}` : '']));
}

function type(element: CfnElement): string {
  return 'cfnResourceType' in element ? ` ${String(element.cfnResourceType)}` : '';
}

test.each(NAMES)('the construct ids and logical IDs of %s are those of the snapshot: an upgrade replaces nobody\'s resources', async (name) => {
  const { app } = await import(join(EXAMPLES, name, 'app')) as { app: App };
  app.synth();
  expect(idsOf(app)).toMatchSnapshot();
});
