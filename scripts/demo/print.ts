import { InferenceRoute } from '../../src';

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
