import { FunctionUrl, FunctionUrlAuthType, FunctionUrlCorsOptions, IFunction, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { Annotations, Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { brand, FACTORY, onlyByFactory } from '../private/brand';
import { checkKinds, oneOf, struct } from '../private/prop-kind';

/**
 * Who may call a HaikuInvoker's function URL, and from which web pages.
 */
export interface InvokerFunctionUrlOptions {
  /**
   * How callers are authenticated. With `NONE` anyone who knows the URL can call the model at your cost, and synthesis warns,
   * with the id `cdk-bedrock-haiku:HaikuInvoker.publicUrl`.
   *
   * @default FunctionUrlAuthType.AWS_IAM
   */
  readonly authType?: FunctionUrlAuthType;

  /**
   * Which web pages may call the URL.
   *
   * @default - none
   */
  readonly cors?: FunctionUrlCorsOptions;
}

/**
 * A function URL: an HTTPS endpoint of a HaikuInvoker's own, which takes a request body by POST to `/` or `/v1/messages`, in the Converse
 * dialect to `/` or `/model/<model>/converse`. Any other path is answered with 404, and no call is made.
 *
 * Some Regions have no function URLs, eu-central-2 and eu-south-2 among them: synthesis then warns, with the id
 * `cdk-bedrock-haiku:HaikuInvoker.noFunctionUrls`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
 */
export class InvokerFunctionUrl {
  /** Answers come whole. A request with `"stream": true` is refused. */
  public static buffered(options: InvokerFunctionUrlOptions = {}): InvokerFunctionUrl {
    return new InvokerFunctionUrl(FACTORY, false, options);
  }

  /**
   * Requests with `"stream": true` get their answer as it is written, as the server-sent events of the Messages API; all others get it
   * whole. The invoke mode is `RESPONSE_STREAM`.
   *
   * The function then streams in every use, as with `responseStreaming` of the HaikuInvoker.
   */
  public static streaming(options: InvokerFunctionUrlOptions = {}): InvokerFunctionUrl {
    return new InvokerFunctionUrl(FACTORY, true, options);
  }

  private constructor(
    caller: symbol,
    /** Whether answers come as they are written. */
    public readonly streams: boolean,
    /** @internal */
    public readonly _options: InvokerFunctionUrlOptions,
  ) {
    onlyByFactory(caller, 'InvokerFunctionUrl', 'InvokerFunctionUrl.buffered() or .streaming()');
    checkKinds<InvokerFunctionUrlOptions>('InvokerFunctionUrl', _options, {
      authType: oneOf('FunctionUrlAuthType', FunctionUrlAuthType), cors: struct('an object such as { allowedOrigins: ["https://example.com"] }'),
    });
  }
}

brand(InvokerFunctionUrl, 'InvokerFunctionUrl');

/**
 * The Regions that the Lambda guide lists as having no function URLs, in a copy of late 2025. AWS may have added them since, and no card
 * of a user's own can say so: a warning, which can be acknowledged, and no error.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
 */
const REGIONS_WITHOUT = [
  'ap-east-2', 'ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-2',
  'il-central-1', 'me-central-1',
];

/**
 * How a function streams without a function URL.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
const STREAMED = 'pass responseStreaming: true, and put a REST API of API Gateway in front of the function, with the response transfer mode STREAM';
const WHOLE = 'put an API Gateway in front of the function';

/** The function URL of a function, or of its alias. */
export function createFunctionUrl(scope: Construct, invoked: IFunction, { streams, _options }: InvokerFunctionUrl): FunctionUrl {
  const { authType = FunctionUrlAuthType.AWS_IAM, cors } = _options;
  warnOfFunctionUrl(scope, authType, streams);
  return new FunctionUrl(scope, 'FunctionUrl', { function: invoked, authType, invokeMode: streams ? InvokeMode.RESPONSE_STREAM : InvokeMode.BUFFERED, cors });
}

/** Warns of a function URL that anyone may call, and of one that its Region does not have. */
function warnOfFunctionUrl(scope: IConstruct, authType: FunctionUrlAuthType, streams: boolean): void {
  const { region } = Stack.of(scope);
  if (authType === FunctionUrlAuthType.NONE) {
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.publicUrl',
      'The function URL takes calls from anyone who knows it, and they are paid for by this account. Remove authType to require AWS_IAM.');
  }
  if (REGIONS_WITHOUT.includes(region)) {
    Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.noFunctionUrls',
      `AWS Lambda lists no function URLs in ${region}, where the deployment would then fail. Leave functionUrl out, and ${streams ? STREAMED : WHOLE}. `
      + 'Or deploy to another Region, or acknowledge this if AWS has added them since.');
  }
}
