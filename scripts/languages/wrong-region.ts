// Geo EU from a stack in us-east-1: synthesis stops, and says what to do.
import { App, Stack } from 'aws-cdk-lib';
import { CrossRegionInferenceProfile, Geography, InferenceRouting } from 'cdk-bedrock-haiku';

const stack = new Stack(new App(), 'Virginia', { env: { region: 'us-east-1' } });
new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.geo(Geography.EU) });
