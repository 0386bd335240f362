import { App } from 'aws-cdk-lib';
import { Geography, HaikuPolicyValidation } from 'cdk-bedrock-haiku';

/** What the platform team gives to every team in place of `new App()`: calls of Claude models stay in Europe, whoever writes the stack. */
export function platformApp(): App {
  return new App({ policyValidationBeta1: [new HaikuPolicyValidation({ residency: [Geography.EU] })] });
}
