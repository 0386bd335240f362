// Bundles the handlers of the custom resources into <out>/custom-resources/index.js, with the AWS SDK in it.
import { join } from 'node:path';
import { bundle } from './build.mjs';
import { LAMBDA_NODE } from './handlers.mjs';
import { slimSdk } from './slim-sdk.mjs';

/** In Lambda the credentials are environment variables: no profile files, no SSO, no metadata service, no bearer tokens. */
const ENVIRONMENT = './src/handlers/deploy-time/environment-credentials.ts';

export async function bundleCustomResources(root, out) {
  const { metafile } = await bundle(root, LAMBDA_NODE, {
    entryPoints: [join('src', 'handlers', 'custom-resources.lambda.ts')],
    outfile: join(out, 'custom-resources', 'index.js'),
    alias: { '@aws-sdk/credential-provider-node': ENVIRONMENT, '@aws-sdk/token-providers': ENVIRONMENT },
    plugins: [slimSdk],
  });
  return [metafile];
}
