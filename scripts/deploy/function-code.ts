import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AwsStandIn } from './aws-stand-in';
import { StackTemplate } from './cloud-assembly';
import { PythonEnvironment } from './python-environment';
import { filesOf } from '../../test/invoker/files-of';
import { ACCOUNT } from '../../test/kit/stack';

/** A function's code as the staging bucket holds it. */
export class FunctionCode {
  /** Downloads the object that a function's resource names as its code. */
  static async downloaded(aws: AwsStandIn, region: string, resource: StackTemplate['Resources'][string]): Promise<FunctionCode> {
    const { S3Bucket, S3Key } = resource.Properties!.Code as { S3Bucket: { 'Fn::Sub': string } | string; S3Key: string };
    const Bucket = (typeof S3Bucket === 'string' ? S3Bucket : S3Bucket['Fn::Sub']).replace('${AWS::AccountId}', ACCOUNT).replace('${AWS::Region}', region);
    const s3 = new S3Client({ ...aws.client(region), forcePathStyle: true });
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: S3Key }));
      return new FunctionCode(Buffer.from(await Body!.transformToByteArray()));
    } finally {
      s3.destroy();
    }
  }

  private constructor(private readonly zip: Buffer) {}

  /** As Lambda reports it. */
  get codeSha256(): string {
    return createHash('sha256').update(this.zip).digest('base64');
  }

  /** The files in it, by name. */
  files(python: PythonEnvironment): Record<string, string> {
    const folder = mkdtempSync(join(tmpdir(), 'haiku-code-'));
    try {
      writeFileSync(join(folder, 'code.zip'), this.zip);
      const { status, stderr } = spawnSync(python.program(), ['-m', 'zipfile', '-e', 'code.zip', 'code'], { cwd: folder, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      return filesOf(join(folder, 'code'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
