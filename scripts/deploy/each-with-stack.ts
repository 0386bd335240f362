import { AwsStandIn } from './aws-stand-in';
import { PythonEnvironment } from './python-environment';
import { StackDeployment } from './stack-deployment';

export interface Started {
  readonly aws: AwsStandIn;
  readonly stack: StackDeployment;
}

/** Gives the tests of a file a stand-in for AWS and a stack in it, which each test finds without requests, and which is destroyed after it. */
export function eachWithStack(name: string, region: string, give: (started: Started) => void): void {
  let aws: AwsStandIn;
  let stack: StackDeployment;
  beforeAll(async () => {
    aws = await AwsStandIn.start(PythonEnvironment.installed());
    stack = new StackDeployment(name, region, aws);
    await stack.bootstrap();
    give({ aws, stack });
  });
  beforeEach(() => {
    aws.functions.requests.length = 0;
    aws.functions.log.length = 0;
  });
  afterEach(async () => {
    await stack.destroy();
    expect(await stack.deployed.exists()).toBe(false);
  });
  afterAll(async () => {
    stack.dispose();
    await aws.stop();
  });
}
