import { InferenceRoute } from '../../src';
import { RecordedCall } from '../../test/stand-ins/bedrock-runtime';

export function heading(text: string): void {
  console.log(`\n== ${text}`);
}

export function printRoute(route: InferenceRoute): void {
  heading('Route');
  console.log(`profile  ${route.inferenceProfileId}`);
  console.log(`source   ${route.sourceRegion}`);
  route.destinationRegions!.forEach((region, index) => console.log(`${index === 0 ? 'runs in' : '       '}  ${region}`));
}

export function printPolicy(document: unknown): void {
  heading('Policy of the function\'s role');
  console.log(JSON.stringify(document, undefined, 2));
}

export function printAnswer(event: unknown, call: RecordedCall, response: unknown): void {
  const { content, usage } = response as { content: Array<{ text: string }>; usage: { input_tokens: number; output_tokens: number } };
  console.log(`event    ${JSON.stringify(event)}`);
  console.log(`request  ${call.method} ${decodeURIComponent(call.path)}`);
  console.log(`signed   for ${call.signedService} in ${call.signedRegion}, checked by the stand-in`);
  console.log(`answer   ${content[0].text}`);
  console.log(`usage    ${usage.input_tokens} tokens in, ${usage.output_tokens} out`);
}
