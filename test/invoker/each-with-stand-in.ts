import { REGION, TestInvoker } from './test-invoker';
import { BedrockStandIn } from '../stand-ins/bedrock-runtime';

export interface Started {
  readonly standIn: BedrockStandIn;
  readonly invoker: TestInvoker;
}

/** Gives each test of the file an invoker and the stand-in that it calls, and ends them after it. */
export function eachWithStandIn(give: (started: Started) => void): void {
  let started: Started;
  beforeEach(async () => {
    const standIn = await BedrockStandIn.start({ region: REGION });
    started = { standIn, invoker: TestInvoker.create({ url: standIn.url }) };
    give(started);
  });
  afterEach(async () => {
    started.invoker.close();
    await started.standIn.stop();
  });
}

/** Gives each test of the file a stand-in, and ends after it the invoker and the stand-in that it has by then. */
export function eachWithOwnInvoker(give: (standIn: BedrockStandIn) => void, had: () => Started): void {
  beforeEach(async () => give(await BedrockStandIn.start({ region: REGION })));
  afterEach(async () => {
    had().invoker.close();
    await had().standIn.stop();
  });
}
