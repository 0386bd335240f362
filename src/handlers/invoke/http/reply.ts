import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BEDROCK_BODY_BYTES } from '../../../contract/limits';
import { InvokerError } from '../failures/errors';

/** An answer whose status and headers are here and whose body is still to be read. */
export class Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;

  constructor(private readonly message: IncomingMessage, private readonly failure: (error: Error) => InvokerError) {
    this.status = message.statusCode!;
    this.headers = message.headers;
  }

  get requestId(): string | undefined {
    const id = this.headers['x-amzn-requestid'] ?? this.headers['request-id'];
    return typeof id === 'string' ? id : undefined;
  }

  /** Reads the body to its end, or fails as soon as it is longer than Bedrock's are. */
  text(limit = BEDROCK_BODY_BYTES): Promise<string> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let length = 0;
      this.message.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > limit) {
          this.close();
          reject(tooLarge(`longer than ${limit} bytes`, this.requestId));
        } else {
          chunks.push(chunk);
        }
      });
      this.message.on('end', () => resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString()));
      this.message.on('error', (error) => reject(this.failure(error)));
    });
  }

  /** The body as it arrives. */
  async* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* this.message as AsyncIterable<Buffer>;
    } catch (error) {
      throw this.failure(error as Error);
    }
  }

  /** Gives the rest of the body up, and its connection with it. */
  close(): void {
    this.message.destroy();
  }
}

/** An answer that Lambda could not return. */
export function tooLarge(size: string, requestId?: string): InvokerError {
  return new InvokerError('ResponseTooLargeError', `The answer is ${size}. Lower max_tokens, or stream the answer.`, { requestId });
}
