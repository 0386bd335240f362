import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Buckets } from '../../../src/handlers/bulk/aws/buckets';

/** The states of a job that matter to who waits for it. */
export type JobStatus = 'Submitted' | 'InProgress' | 'Completed' | 'PartiallyCompleted' | 'Failed' | 'Stopped' | 'Expired';

/** What becomes of a job. Default: each record is answered. */
export interface JobFate {
  readonly status?: JobStatus;
  /** The IDs that are not answered: with an error of this code, or, for `undefined`, without a line. */
  readonly failing?: (recordId: string) => number | 'no line' | false;
}

export interface BatchJob {
  readonly jobArn: string;
  readonly jobName: string;
  readonly token?: string;
  readonly input: string;
  readonly output: string;
  status: JobStatus;
}

interface CreateRequest {
  readonly jobName: string;
  readonly clientRequestToken?: string;
  readonly inputDataConfig: { readonly s3InputDataConfig: { readonly s3Uri: string } };
  readonly outputDataConfig: { readonly s3OutputDataConfig: { readonly s3Uri: string } };
}

const LEAST_RECORDS = 100;

/**
 * Plays the batch inference API of Amazon Bedrock in one Region: jobs are made once for each client request token, read their records from a bucket, and
 * write their output when a test lets them end.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateModelInvocationJob.html
 */
export class BedrockBatchStandIn {
  static async start(region: string, buckets: Buckets): Promise<BedrockBatchStandIn> {
    const standIn = new BedrockBatchStandIn(region, buckets);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  readonly jobs: BatchJob[] = [];
  /** Answers of CreateModelInvocationJob that come before any job is made, by their error codes. */
  readonly refusals: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => this.serve(request, response, Buffer.concat(chunks).toString()));
  });

  private constructor(private readonly region: string, private readonly buckets: Buckets) {}

  /** Told of each new job. */
  created: (job: BatchJob) => void = () => undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Lets a job end: its output is written, and then its state is told to who asks. A job of too few records fails. */
  async end(job: BatchJob, { status = 'Completed', failing = () => false }: JobFate = {}): Promise<void> {
    const [bucket, key] = placeOf(job.input);
    const records = (await this.buckets.text(bucket, key)).split('\n').filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { recordId: string; modelInput: unknown });
    if (records.length < LEAST_RECORDS) {
      job.status = 'Failed';
      return;
    }
    if (status !== 'Failed') {
      const lines = records.flatMap(({ recordId, modelInput }) => {
        const failure = failing(recordId);
        if (failure === 'no line') return [];
        const outcome = failure
          ? { error: { errorCode: failure, errorMessage: 'The model could not answer.' } }
          : { modelOutput: { type: 'message', content: [{ type: 'text', text: `Batch: ${recordId}` }], usage: { input_tokens: 10, output_tokens: 5 } } };
        return [`${JSON.stringify({ recordId, modelInput, ...outcome })}\n`];
      });
      const [outBucket, prefix] = placeOf(job.output);
      const id = job.jobArn.split('/').pop()!;
      // Their order is not that of the records.
      await this.buckets.put(outBucket, `${prefix}${id}/${key.split('/').pop()}.out`, lines.reverse().join(''));
      const counts = { totalRecordCount: records.length, processedRecordCount: lines.length };
      await this.buckets.put(outBucket, `${prefix}${id}/manifest.json.out`, JSON.stringify(counts));
    }
    job.status = status;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve({ method, url }: IncomingMessage, response: ServerResponse, body: string): void {
    response.setHeader('content-type', 'application/json');
    if (method === 'POST' && url === '/model-invocation-job') {
      const refusal = this.refusals.shift();
      if (refusal !== undefined) {
        return void response.writeHead(400, { 'x-amzn-errortype': refusal }).end(JSON.stringify({ __type: refusal, message: 'Refused by the stand-in.' }));
      }
      return void response.end(JSON.stringify({ jobArn: this.create(JSON.parse(body) as CreateRequest).jobArn }));
    }
    const arn = decodeURIComponent(url!.replace('/model-invocation-job/', ''));
    const job = this.jobs.find(({ jobArn }) => jobArn === arn || jobArn.endsWith(`/${arn}`));
    if (!job) return void response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{"message":"no such job"}');
    response.end(JSON.stringify({
      jobArn: job.jobArn,
      jobName: job.jobName,
      modelId: 'model',
      roleArn: 'arn:aws:iam::111122223333:role/job',
      status: job.status,
      submitTime: '2026-11-27T12:00:00Z',
      inputDataConfig: { s3InputDataConfig: { s3Uri: job.input } },
      outputDataConfig: { s3OutputDataConfig: { s3Uri: job.output } },
    }));
  }

  private create({ jobName, clientRequestToken: token, inputDataConfig, outputDataConfig }: CreateRequest): BatchJob {
    const known = this.jobs.find((job) => token !== undefined && job.token === token);
    if (known) return known;
    const job: BatchJob = {
      jobArn: `arn:aws:bedrock:${this.region}:111122223333:model-invocation-job/${String(this.jobs.length + 1).padStart(12, 'j')}`,
      jobName,
      token,
      input: inputDataConfig.s3InputDataConfig.s3Uri,
      output: outputDataConfig.s3OutputDataConfig.s3Uri,
      status: 'Submitted',
    };
    this.jobs.push(job);
    this.created(job);
    return job;
  }
}

function placeOf(uri: string): [bucket: string, key: string] {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri)!;
  return [bucket, key];
}
