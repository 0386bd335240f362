import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { EXAMPLES, NAMES } from '../../test/examples/example-folders';

export { NAMES };

/** The app of an example, not yet synthesised. */
export async function exampleApp(name: string): Promise<App> {
  return (await import(join(EXAMPLES, name, 'app')) as { app: App }).app;
}

/** The stacks of an app, those in stages too. */
export function stacksOf(app: App): Stack[] {
  return app.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));
}
