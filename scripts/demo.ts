// npm run demo: from `cdk synth` to an answered prompt, without an AWS account and without leaving this machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceRoute, InferenceRouter, ModelCard } from '../src';
import { CloudAssembly } from './demo/cloud-assembly';
import { heading, printAnswer, printPolicy, printRoute } from './demo/print';
import { readProfileId } from '../src/routing/profile-id';
import { libraryText } from '../src/wording/library';
import { BedrockStandIn } from '../test/stand-ins/bedrock-runtime';
import { LambdaProcess } from '../test/stand-ins/lambda-runtime-api';

const REGION = 'eu-west-2';
const EVENT = { prompt: 'Why is the sky blue?' };

async function main(outdir: string): Promise<void> {
  heading(`cdk synth in examples/first-invocation, for ${REGION}`);
  const assembly = CloudAssembly.synthesised(join(__dirname, '..', 'examples', 'first-invocation'), outdir);
  console.log('The template is ready. No account and no credentials were used.');

  printRoute(routeOf(assembly.functionEnvironment().MODEL_ID));
  printPolicy(assembly.rolePolicy());
  await answer(assembly);
}

/** The route behind the ID that the function calls. */
function routeOf(modelId: string): InferenceRoute {
  const card = ModelCard.CLAUDE_HAIKU_4_5;
  const reading = readProfileId(card, modelId, REGION);
  if ('finding' in reading) throw new Error(libraryText(reading.finding));
  return InferenceRouter.route({ model: card, routing: reading.routing, sourceRegion: REGION }).route!;
}

/** Runs the handler that the cloud assembly holds, as Lambda would, against the stand-in for Bedrock. */
async function answer(assembly: CloudAssembly): Promise<void> {
  heading('The handler in the cloud assembly answers, from a stand-in for Bedrock');
  const bedrock = await BedrockStandIn.start({ region: REGION });
  const lambda = await LambdaProcess.start({
    handlerDir: assembly.handlerDirectory(),
    handler: assembly.handler(),
    region: REGION,
    env: { ...assembly.functionEnvironment(), AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url },
  });
  try {
    const { response, error } = await lambda.invoke(EVENT);
    if (error) throw new Error(`${error.errorType}: ${error.errorMessage}`);
    printAnswer(EVENT, bedrock.calls[0], response);
  } finally {
    await lambda.stop();
    await bedrock.stop();
  }
}

const outdir = mkdtempSync(join(tmpdir(), 'haiku-demo-'));
main(outdir)
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(outdir, { recursive: true, force: true }));
