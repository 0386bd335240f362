import { FunctionUrlAuthType, FunctionUrlCorsOptions } from 'aws-cdk-lib/aws-lambda';
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
    onlyByFactory(caller, 'InvokerFunctionUrl', 'InvokerFunctionUrl.buffered() or InvokerFunctionUrl.streaming()');
    checkKinds<InvokerFunctionUrlOptions>('InvokerFunctionUrl', _options, {
      authType: oneOf('FunctionUrlAuthType', FunctionUrlAuthType), cors: struct('FunctionUrlCorsOptions with, for example, allowedOrigins'),
    });
  }
}

brand(InvokerFunctionUrl, 'InvokerFunctionUrl');
