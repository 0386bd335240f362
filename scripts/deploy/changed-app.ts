// Runs the example named on the command line with one change to everything that can be tagged: the second deployment.
import { join } from 'node:path';
import { App, Tags } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';

async function change(example: string): Promise<void> {
  const { app } = await import(join(example, 'app')) as { app: App };
  Tags.of(app).add('deployment', 'second');
  for (const construct of app.node.findAll()) {
    if (construct instanceof CfnFunction) construct.memorySize = 1024;
  }
}

void change(process.argv[2]);
