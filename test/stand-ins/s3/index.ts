import { createHash } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = 3;

/** Plays S3 for some buckets on a loopback port: objects, ranges, conditions, listings in pages of three, and uploads in parts. */
export class S3StandIn {
  static async start(): Promise<S3StandIn> {
    const standIn = new S3StandIn();
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  /** By bucket and key, as in `bucket/key`. */
  readonly objects = new Map<string, Buffer>();
  readonly requests: string[] = [];
  /** Told of each request before it is answered; what it returns is answered instead. */
  fault?: (request: string) => number | 'break' | undefined;
  private readonly uploads = new Map<string, Buffer[]>();
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => this.serve(request, response, Buffer.concat(chunks)));
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  text(path: string): string {
    const object = this.objects.get(path);
    if (!object) throw new Error(`no ${path} among ${[...this.objects.keys()].join(', ')}`);
    return object.toString();
  }

  put(path: string, text: string): void {
    this.objects.set(path, Buffer.from(text));
  }

  /** The keys of a bucket that have this in them. */
  keys(part: string): string[] {
    return [...this.objects.keys()].filter((key) => key.includes(part)).sort();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const url = new URL(request.url!, this.url);
    const path = decodeURIComponent(url.pathname.slice(1));
    const line = `${request.method} ${path}${url.search}`;
    this.requests.push(line);
    const fault = this.fault?.(line);
    if (typeof fault === 'number') return void response.writeHead(fault).end(`<Error><Code>${fault === 503 ? 'SlowDown' : 'AccessDenied'}</Code></Error>`);
    const query = url.searchParams;
    if (query.get('list-type')) return void response.end(this.list(path.replace(/\/$/, ''), query));
    const uploadId = query.get('uploadId');
    if (query.has('uploads')) {
      const id = `upload-${this.uploads.size + 1}`;
      this.uploads.set(id, []);
      return void response.end(`<UploadId>${id}</UploadId>`);
    }
    if (uploadId !== null && request.method === 'PUT') {
      this.uploads.get(uploadId)![Number(query.get('partNumber')) - 1] = body;
      return void response.setHeader('etag', etagOf(body)).end();
    }
    if (uploadId !== null && request.method === 'POST') {
      this.objects.set(path, Buffer.concat(this.uploads.get(uploadId)!));
      return void response.end('<CompleteMultipartUploadResult/>');
    }
    if (request.method === 'DELETE') return void response.writeHead(204).end();
    if (request.method === 'PUT') {
      if (request.headers['if-none-match'] === '*' && this.objects.has(path)) return void response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
      this.objects.set(path, body);
      return void response.setHeader('etag', etagOf(body)).end();
    }
    this.get(path, request, response, fault === 'break');
  }

  private get(path: string, { headers }: IncomingMessage, response: ServerResponse, breaks: boolean): void {
    const object = this.objects.get(path);
    if (!object) return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>');
    if (headers['if-match'] && headers['if-match'] !== etagOf(object)) return void response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
    const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const bytes = start === undefined ? object : object.subarray(Number(start), end ? Number(end) + 1 : undefined);
    response.writeHead(start === undefined ? 200 : 206, { 'etag': etagOf(object), 'content-length': bytes.length });
    if (!breaks) return void response.end(bytes);
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
  }

  private list(bucket: string, query: URLSearchParams): string {
    const keys = [...this.objects.keys()].filter((path) => path.startsWith(`${bucket}/${query.get('prefix')}`)).sort();
    const start = Number(query.get('continuation-token') ?? 0);
    const entries = keys.slice(start, start + PAGE).map((path) => {
      const object = this.objects.get(path)!;
      return `<Contents><Key>${encodeURIComponent(path.slice(bucket.length + 1))}</Key><ETag>${etagOf(object).replaceAll('"', '&quot;')}</ETag><Size>${object.length}</Size></Contents>`;
    });
    const more = start + PAGE < keys.length;
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${entries.join('')}${more ? `<NextContinuationToken>${start + PAGE}</NextContinuationToken>` : ''}</ListBucketResult>`;
  }
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}
