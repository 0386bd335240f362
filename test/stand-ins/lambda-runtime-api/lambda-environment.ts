import { credentialEnvironment } from '../bedrock-runtime';

export interface FunctionConfiguration {
  /** The folder with the deployed code: `LAMBDA_TASK_ROOT`. */
  readonly handlerDir: string;
  /** `file.export`. */
  readonly handler: string;
  /** Wins over what Lambda sets by itself. */
  readonly env?: Record<string, string>;
  /** @default 'eu-west-2' */
  readonly region?: string;
  /** @default 'stand-in' */
  readonly functionName?: string;
  /** @default 128 */
  readonly memoryMiB?: number;
}

/** What the platform sets for a function; nothing of this machine's environment besides PATH reaches the process. */
export function lambdaEnvironment(configuration: FunctionConfiguration, runtimeApi: string): Record<string, string> {
  const { region = 'eu-west-2', functionName = 'stand-in', memoryMiB = 128 } = configuration;
  return {
    PATH: process.env.PATH ?? '',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...credentialEnvironment(),
    ...configuration.env,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: configuration.handlerDir,
    _HANDLER: configuration.handler,
  };
}
