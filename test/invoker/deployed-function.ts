import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { HaikuInvoker } from '../../src';
import { deployed, StackTemplate } from '../kit/deployed';
import { ACCOUNT } from '../kit/stack';

/** A function's code and variables, as a deployment of its stack would give them to Lambda. */
export interface DeployedFunction {
  readonly handlerDir: string;
  readonly env: Record<string, string>;
}

const FOLDER = mkdtempSync(join(tmpdir(), 'haiku-deployed-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Synthesises an app with one invoker, and gives its function. */
export function deployedFunction(region: string, define: (scope: Construct) => HaikuInvoker): DeployedFunction {
  const app = new App({ outdir: mkdtempSync(join(FOLDER, 'app-')), postCliContext: { 'aws:cdk:disable-stack-trace': true } });
  const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region } });
  const id = stack.getLogicalId(define(stack).lambdaFunction.node.defaultChild as never);
  const assembly = app.synth();
  const template = assembly.getStackByName('Stack').template as StackTemplate;
  const { Code, Environment } = template.Resources[id].Properties as { Code: { S3Key: string }; Environment: { Variables: object } };
  return {
    handlerDir: join(assembly.directory, `asset.${Code.S3Key.replace('.zip', '')}`),
    env: deployed(template, Environment.Variables, { region }) as Record<string, string>,
  };
}
