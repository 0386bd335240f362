import { ServiceCalls, ServiceError, Surroundings } from './service-calls';
import type { Reply } from '../../invoke/http/reply';

/** An object as a listing names it. */
export interface Listed {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

/** S3 takes parts of 5 MiB and more, at most 10,000 of them: enough for 160 GB. */
const PART_BYTES = 16 * 1024 * 1024;
/** A large object is read as long as Lambda has time. */
const READ_MS = 15 * 60_000;

/**
 * What the handlers do with buckets of their own Region, each request checked to be for a bucket of the account that is expected.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export class Buckets {
  private readonly calls = new Map<string, ServiceCalls>();

  constructor(private readonly around: Surroundings, private readonly owner?: string) {}

  /** The object's bytes as they come. What breaks off is asked for from there on, and only of the same version of the object. */
  async* chunks(bucket: string, key: string, etag?: string): AsyncGenerator<Buffer> {
    let read = 0;
    let version = etag;
    for (let broken = 0; ;) {
      const headers = { ...version && { 'if-match': version }, ...read > 0 && { range: `bytes=${read}-` } };
      const reply = await this.send(bucket, { key, headers, timeoutMs: READ_MS });
      version ??= headerOf(reply, 'etag');
      try {
        for await (const chunk of reply.chunks()) {
          read += chunk.length;
          broken = 0;
          yield chunk;
        }
        return;
      } catch (error) {
        if (++broken > 3) throw error;
      }
    }
  }

  async text(bucket: string, key: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks(bucket, key)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  /** Some bytes of an object, as text. */
  async range(bucket: string, key: string, start: number, bytes: number): Promise<string> {
    return (await this.send(bucket, { key, headers: { range: `bytes=${start}-${start + bytes - 1}` } })).text(bytes);
  }

  /** The whole of an object, or nothing where there is no such object. */
  async textIfThere(bucket: string, key: string): Promise<string | undefined> {
    return this.text(bucket, key).catch((error: unknown) => {
      if (error instanceof ServiceError && error.code === 'NoSuchKey') return undefined;
      throw error;
    });
  }

  /** Writes an object; false if it must be new and there is one already. */
  async put(bucket: string, key: string, body: string, { onlyNew = false } = {}): Promise<boolean> {
    try {
      await (await this.send(bucket, { method: 'PUT', key, body, headers: { 'content-type': 'application/json', ...onlyNew && { 'if-none-match': '*' } } })).text();
      return true;
    } catch (error) {
      if (onlyNew && error instanceof ServiceError && (error.status === 412 || error.status === 409)) return false;
      throw error;
    }
  }

  /** The objects below a prefix, in the order of their keys. */
  async* list(bucket: string, prefix: string): AsyncGenerator<Listed> {
    for (let token: string | undefined; ;) {
      const query = { ...token !== undefined && { 'continuation-token': token }, 'encoding-type': 'url', 'list-type': '2', prefix };
      const page = await (await this.send(bucket, { method: 'GET', query })).text();
      for (const entry of page.split('<Contents>').slice(1)) {
        yield { key: decodeURIComponent(field(entry, 'Key').replaceAll('+', ' ')), size: Number(field(entry, 'Size')), etag: unescaped(field(entry, 'ETag')) };
      }
      if (field(page, 'IsTruncated') !== 'true') return;
      token = unescaped(field(page, 'NextContinuationToken'));
    }
  }

  /** An object that is written piece by piece, in parts of some megabytes, and is there when it is closed. */
  writer(bucket: string, key: string): ObjectWriter {
    return new ObjectWriter((request) => this.send(bucket, { key, ...request }));
  }

  close(): void {
    for (const calls of this.calls.values()) calls.close();
  }

  private send(bucket: string, { method = 'GET', key = '', query = {}, headers = {}, body = '', timeoutMs }: BucketRequest): Promise<Reply> {
    const calls = this.callsFor(bucket);
    const path = `${calls.replaced || bucket.includes('.') ? `/${bucket}` : ''}/${encoded(key).replaceAll('%2F', '/')}`;
    const search = Object.entries(query).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${name}=${encoded(value)}`).join('&');
    return calls.send({
      method, path: search === '' ? path : `${path}?${search}`, headers: { ...headers, ...this.owner && { 'x-amz-expected-bucket-owner': this.owner } }, body,
    }, timeoutMs);
  }

  /** A bucket's name is a part of the host, unless it would not fit the host's certificate. */
  private callsFor(bucket: string): ServiceCalls {
    const calls = this.calls.get(bucket) ?? new ServiceCalls('s3', 'AWS_ENDPOINT_URL_S3', this.around, bucket.includes('.') ? '' : `${bucket}.`);
    this.calls.set(bucket, calls);
    return calls;
  }
}

interface BucketRequest {
  readonly method?: 'DELETE' | 'GET' | 'POST' | 'PUT';
  readonly key?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly timeoutMs?: number;
}

/** What is small is written with one request, the rest in parts. A part that fails fails the whole: what was sent is removed. */
export class ObjectWriter {
  private uploadId?: string;
  private readonly etags: string[] = [];
  private pieces: string[] = [];
  private length = 0;

  constructor(private readonly send: (request: BucketRequest) => Promise<Reply>) {}

  async write(text: string): Promise<void> {
    this.pieces.push(text);
    this.length += Buffer.byteLength(text);
    if (this.length >= PART_BYTES) await this.flush();
  }

  async close(): Promise<void> {
    if (this.uploadId === undefined) {
      await (await this.send({ method: 'PUT', body: this.pieces.join('') })).text();
      return;
    }
    if (this.length > 0) await this.flush();
    const parts = this.etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`).join('');
    await this.orAbort(async () => {
      const body = await (await this.send({ method: 'POST', query: { uploadId: this.uploadId! }, body: `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>` })).text();
      // S3 may find a failure after it has begun to answer with 200.
      if (body.includes('<Error>')) throw new Error(`S3 could not put the parts of an object together: ${field(body, 'Code')}`);
    });
  }

  /** Gives up what was written. */
  async discard(): Promise<void> {
    this.pieces = [];
    if (this.uploadId !== undefined) await (await this.send({ method: 'DELETE', query: { uploadId: this.uploadId } })).text();
  }

  private async flush(): Promise<void> {
    if (this.uploadId === undefined) this.uploadId = field(await (await this.send({ method: 'POST', query: { uploads: '' } })).text(), 'UploadId');
    const body = this.pieces.join('');
    this.pieces = [];
    this.length = 0;
    await this.orAbort(async () => {
      const reply = await this.send({ method: 'PUT', query: { partNumber: String(this.etags.length + 1), uploadId: this.uploadId! }, body });
      await reply.text();
      this.etags.push(headerOf(reply, 'etag')!);
    });
  }

  private async orAbort(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      await this.discard().catch(() => undefined);
      throw error;
    }
  }
}

function headerOf({ headers }: Reply, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The text of the first element of a name. */
function field(xml: string, name: string): string {
  const start = xml.indexOf(`<${name}>`);
  return start === -1 ? '' : xml.slice(start + name.length + 2, xml.indexOf(`</${name}>`, start));
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** As SigV4 writes it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
