import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { refusalIn } from './prompt-refusal';
import { Endpoints, objectRequest, parameterRequest, PromptRequest } from './prompt-request';
import type { SystemSource } from '../../../contract/invoker-options';
import type { Environment } from '../../../contract/invoker-variables';
import { BEDROCK_BODY_BYTES } from '../../../contract/limits';
import type { Credentials } from '../config/credentials';
import type { InvokerError } from '../failures/errors';
import type { Clock } from '../http/clock';
import type { Reply } from '../http/reply';
import type { withRetries } from '../http/retry';
import type { Signer } from '../http/signer';
import type { Transport } from '../http/transport';

/** What the handler has already. This file is loaded beside it, and classes of its own would be others. */
export interface PromptParts extends Endpoints {
  readonly env: Environment;
  readonly clock: Clock;
  readonly readCredentials: (env: Environment) => Credentials;
  readonly withRetries: typeof withRetries;
  readonly InvokerError: typeof InvokerError;
  readonly Signer: typeof Signer;
  readonly Transport: typeof Transport;
}

/** A read takes so long at most, within the time of the call that waits for it. A connection alone may take half of it. */
const MOST_MS = 10_000;
const RETRY = { maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 1000 };
const ADVICE = 'In a VPC the function needs a NAT gateway or a VPC endpoint for the service.';

/** The system prompt of all calls. It is read once, from the init on; only what failed is read again. */
export class SystemPrompt {
  private reading?: Promise<string>;

  constructor(private readonly source: SystemSource, private readonly parts: PromptParts) {
    this.read(Infinity).catch(() => undefined);
  }

  /** The prompt, by a time in milliseconds since 1970. What was begun before and fails, a frozen connection perhaps, is read once more. */
  async text(deadline: number): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.failure(`No answer came within the function's timeout. ${ADVICE}`, true)), deadline - this.parts.clock.now());
    });
    const read = async () => await this.reading?.catch(() => undefined) ?? this.read(deadline);
    try {
      return await Promise.race([late, read()]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Calls that come together read once. */
  private read(deadline: number): Promise<string> {
    return this.reading ??= this.begin(deadline).catch((thrown: unknown) => {
      this.reading = undefined;
      throw this.asFailure(thrown);
    });
  }

  private async begin(deadline: number): Promise<string> {
    const { source, parts, parts: { env } } = this;
    let text: string;
    if ('file' in source) text = this.decoded(await readFile(`${env.LAMBDA_TASK_ROOT}/${source.file}`));
    else if ('bucket' in source) text = this.decoded(await this.fetched(objectRequest(source, env, parts), deadline));
    else text = this.valueIn(await this.fetched(parameterRequest(source.parameter, env, parts), deadline));
    if (text.trim() === '') throw this.failure('It holds no text. Write the prompt there.');
    return text;
  }

  /** The answer to a request, on a connection of its own: there is no second one. */
  private async fetched({ url, scope, request }: PromptRequest, deadline: number): Promise<Buffer> {
    const { clock, env, readCredentials, withRetries, Signer, Transport } = this.parts;
    const [signer, transport] = [new Signer(scope), new Transport(url)];
    const times = { clock, deadline: Math.min(deadline, clock.now() + MOST_MS), failed: () => undefined };
    try {
      return await withRetries(async (timeoutMs) => {
        const headers = signer.sign(request, readCredentials(env), new Date(clock.now()));
        const reply = await transport.send({ ...request, headers }, timeoutMs, { advice: () => ADVICE });
        const body = await this.bodyOf(reply);
        if (reply.status === 200) return body;
        const { message, passing } = refusalIn(reply.status, reply.headers, body.toString(), scope.region);
        throw this.failure(message, passing);
      }, RETRY, times);
    } finally {
      transport.close();
    }
  }

  private async bodyOf(reply: Reply): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of reply.chunks()) {
      length += chunk.length;
      if (length > BEDROCK_BODY_BYTES) throw this.failure(`It is longer than ${BEDROCK_BODY_BYTES} bytes, which is all that Bedrock takes in a request. Shorten it.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  private decoded(bytes: Buffer): string {
    if (!isUtf8(bytes)) throw this.failure('It is not text in UTF-8. Save it as UTF-8, and not compressed.');
    // Some editors put a byte order mark before the text.
    return bytes.toString().replace(/^\uFEFF/, '');
  }

  private valueIn(answer: Buffer): string {
    try {
      const { Parameter: { Value: value = '' } = {} } = JSON.parse(answer.toString()) as { Parameter?: { Value?: string } };
      return value;
    } catch {
      // JSON.parse's own message would quote it.
      throw this.failure('The answer is not one of Parameter Store.');
    }
  }

  private asFailure(thrown: unknown): InvokerError {
    const { InvokerError: Failure } = this.parts;
    if (thrown instanceof Failure) return thrown.name === 'ConfigurationError' ? thrown : this.failure(thrown.message, thrown.retryable);
    const { code, name } = thrown as NodeJS.ErrnoException;
    return this.failure(`It is not beside the handler (${code ?? name}). Deploy the function with the code that HaikuInvoker gives it.`);
  }

  private failure(why: string, retryable = false): InvokerError {
    const { source } = this;
    const where = 'file' in source ? `the file ${source.file}` : 'bucket' in source ? `s3://${source.bucket}/${source.key}` : `the parameter ${JSON.stringify(source.parameter)}`;
    return new this.parts.InvokerError('ConfigurationError', `The system prompt could not be read from ${where}. ${why}`, { retryable });
  }
}
