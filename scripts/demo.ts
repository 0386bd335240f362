// npm run demo: from `cdk synth` to an answered prompt, without an AWS account and without leaving this machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from './demo/cloud-assembly';
import { LambdaProcess } from "../test/stand-ins/lambda-runtime-api";
import { heading, printPolicy, printRoute } from './demo/print';
import { InferenceRouter, ModelCard } from '../src';
import { readProfileId } from '../src/routing/profile-id';
import { BedrockStandIn, credentialEnvironment } from '../test/stand-ins/bedrock-runtime';

const REGION = 'eu-west-2';
const PROMPT = 'Why is the sky blue?';

async function main(): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), 'haiku-demo-'));
  try {
    heading(`cdk synth examples/first-invocation (${REGION})`);
    const assembly = CloudAssembly.synthesised(join(__dirname, '..', 'examples', 'first-invocation'), outdir);
    const environment = assembly.functionEnvironment();
    console.log('No account, no credentials: the template is ready.');

    const card = ModelCard.CLAUDE_HAIKU_4_5;
    const { routing, finding } = readProfileId(card, environment.MODEL_ID, REGION);
    if (!routing) throw new Error(finding!.message);
    printRoute(InferenceRouter.route(card, routing, REGION).route!);
    printPolicy(assembly.rolePolicy());

    const bedrock = await BedrockStandIn.start({ region: REGION });
    try {
      heading('The handler of the cloud assembly, against a stand-in for Bedrock');
      console.log(`event    ${JSON.stringify({ prompt: PROMPT })}`);
      const answer = await invokeHandler(assembly.handlerDirectory(), { prompt: PROMPT }, {
        ...environment, ...credentialEnvironment(), AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      });
      const [call] = bedrock.calls;
      console.log(`request  ${call.method} ${decodeURIComponent(call.path)}`);
      console.log(`signed   for ${call.signedService} in ${call.signedRegion}`);
      console.log(`answer   ${answer.content[0].text}`);
      console.log(`usage    ${answer.usage.input_tokens} tokens in, ${answer.usage.output_tokens} out`);
    } finally {
      await bedrock.stop();
    }
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
