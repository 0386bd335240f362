import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { IStringParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, CfnParameter, Fn, NestedStack, Stack, Token } from 'aws-cdk-lib/core';
import { functionOf, invokerWith, optionsOf } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps, InvokerApi, InvokerFunctionUrl, LockedField, PromptCaching, SystemPromptSource } from '../../src';
import { withoutHandlerHashes } from '../../src/snapshot';
import { ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const FOLDER = mkdtempSync(join(tmpdir(), 'haiku-prompts-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function fileWith(content: string | Buffer, name = 'prompt.txt'): string {
  writeFileSync(join(FOLDER, name), content);
  return join(FOLDER, name);
}

const LONG = 'Answer in one sentence, and cite the paragraph. '.repeat(500);
const assetOf = (text: string) => SystemPromptSource.fromAsset(fileWith(text));

/** The warnings on an invoker. */
function warnings(props: HaikuInvokerProps): string[] {
  return Annotations.fromStack(Stack.of(invokerWith(props))).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

/** The folder of the function's code in the cloud assembly, and the template. */
function synthesized(text: string, props: HaikuInvokerProps = {}, outdir = mkdtempSync(join(FOLDER, 'out-'))): { code: string; template: object } {
  const app = new App({ outdir });
  new HaikuInvoker(stackIn('us-east-1', app), 'Invoker', { ...props, systemPromptSource: assetOf(text) });
  const template = app.synth().getStackByName('Stack').template as { Resources: Record<string, { Type: string; Properties: { Code: { S3Key: string } } }> };
  const [{ Properties }] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const hash = Properties.Code.S3Key.replace('.zip', '');
  return { code: join(outdir, `asset.${hash}`), template };
}

describe('a file', () => {
  test.each<[string, HaikuInvokerProps]>([
    ['invoke-model', {}], ['invoke-model-converse', { api: InvokerApi.CONVERSE }], ['invoke-model-stream', { functionUrl: InvokerFunctionUrl.streaming() }],
  ])('stands beside the handler of %s, as it is', (bundle, props) => {
    const { code } = synthesized(LONG, props);
    expect(readdirSync(code).sort()).toEqual([...readdirSync(join(__dirname, '../../assets', bundle)), 'system-prompt.txt'].sort());
    expect(readFileSync(join(code, 'system-prompt.txt'), 'utf8')).toBe(LONG);
    expect(readFileSync(join(code, 'main.cjs'))).toEqual(readFileSync(join(__dirname, '../../assets', bundle, 'main.cjs')));
  });

  test('costs a few bytes of the environment, and no statement', () => {
    const stack = Stack.of(invokerWith({ systemPromptSource: assetOf(LONG) }));
    expect(optionsOf(stack)).toMatchObject({ systemSource: { file: 'system-prompt.txt' } });
    expect(optionsOf(stack)).not.toHaveProperty('system');
    const without = Stack.of(invokerWith());
    const policies = (of: Stack) => Template.fromStack(of).findResources('AWS::IAM::Policy');
    expect(policies(stack)).toEqual(policies(without));
  });

  test('gives the same template anywhere, and another one for another text', () => {
    const [first, again, other] = [synthesized(LONG), synthesized(LONG), synthesized(`${LONG}.`)];
    expect(again.template).toEqual(first.template);
    expect(other.template).not.toEqual(first.template);
    expect(JSON.stringify(first.template)).not.toContain(FOLDER);
  });

  test('of two invokers in an app are two', () => {
    const app = new App({ outdir: mkdtempSync(join(FOLDER, 'out-')) });
    const stack = stackIn('us-east-1', app);
    for (const text of ['One.', 'Two.']) new HaikuInvoker(stack, text, { systemPromptSource: assetOf(text) });
    const { directory } = app.synth();
    const prompts = readdirSync(directory).filter((name) => name.startsWith('asset.')).flatMap((name) => {
      try {
        return [readFileSync(join(directory, name, 'system-prompt.txt'), 'utf8')];
      } catch {
        return [];
      }
    });
    expect(prompts.sort()).toEqual(['One.', 'Two.']);
  });

  test('hides a new handler from snapshots, and not a new text', () => {
    const of = (text: string) => JSON.stringify(withoutHandlerHashes(synthesized(text, { alias: { aliasName: 'live' } }).template));
    expect(of('One.')).toContain('"S3Key":"<handler>.zip"');
    expect(of('One.')).not.toMatch(/CurrentVersion[0-9A-F]{8}[0-9a-f]{32}/);
    expect(of('Two.')).not.toBe(of('One.'));
  });

  test.each<[string, string | Buffer, string]>([
    ['blank', ' \n\t', 'File is blank, got PATH; expected a file with the system prompt. Write the prompt there, or leave systemPromptSource out to have none.'],
    ['in Latin-1', Buffer.from('für', 'latin1'),
      'File is not text in UTF-8, got PATH; expected a file with the system prompt, which is. Save it as UTF-8, not as Latin-1, Windows-1252 or UTF-16.'],
    ['with a byte order mark', '\uFEFFBe brief.', 'File begins with a byte order mark, got PATH; expected plain text, which has none. Save it as UTF-8 without BOM.'],
    ['too long', 'x'.repeat(25_000_001),
      'File is too long for a system prompt, got PATH with 25000001 bytes; expected at most 25000000, which is all that Bedrock takes in a request. Shorten it.'],
  ])('that is %s is refused', (_, content, message) => {
    const path = fileWith(content, 'wrong.txt');
    expect(thrown(() => SystemPromptSource.fromAsset(path))).toBe(message.replace('PATH', JSON.stringify(path)));
  });

  test('that is not there is refused', () => {
    expect(thrown(() => SystemPromptSource.fromAsset('no/prompt.txt'))).toBe(
      'File cannot be read, got "no/prompt.txt" (ENOENT); expected a file with the system prompt. A relative path starts where the app runs: pass an absolute one.');
    expect(thrown(() => SystemPromptSource.fromAsset(FOLDER))).toContain('(EISDIR)');
  });

  test('that is long enough to be cached is not warned of, and one that is too short is', () => {
    const promptCaching = PromptCaching.systemPrompt();
    expect(warnings({ systemPromptSource: assetOf(LONG), promptCaching })).toEqual([]);
    expect(warnings({ systemPromptSource: assetOf('Short.'), promptCaching, lockedFields: [LockedField.SYSTEM] })).toEqual([
      expect.stringMatching(/^systemPromptSource has at most 6 tokens, and Claude Haiku 4\.5 caches nothing before a checkpoint .* because they stand before it\. \[ack:/),
    ]);
  });

  test('that is longer than the context is warned of', () => {
    expect(warnings({ systemPromptSource: assetOf('x'.repeat(799_996)) })).toEqual([]);
    expect(warnings({ systemPromptSource: assetOf('x'.repeat(800_000)) })).toEqual([
      'systemPromptSource has about 200000 tokens, at 4 bytes a token, and Claude Haiku 4.5 takes 200000 in all (as of 2026-10): it may refuse each call. '
      + 'Shorten the prompt, or acknowledge this if you have counted its tokens. [ack: cdk-bedrock-haiku:HaikuInvoker.systemPromptBeyondContext]',
    ]);
  });
});

describe('an object in S3', () => {
  test('is named to the handler, and its length is not guessed', () => {
    const bucket = Bucket.fromBucketName(stackIn('us-east-1'), 'Bucket', 'prompts');
    const told = (key: string, version?: string) =>
      optionsOf(Stack.of(invokerWith({ systemPromptSource: SystemPromptSource.fromBucket(bucket, key, version) })));
    expect(told('a/b c.txt').systemSource).toEqual({ bucket: 'prompts', key: 'a/b c.txt' });
    expect(told('p', '3HL4').systemSource).toEqual({ bucket: 'prompts', key: 'p', versionId: '3HL4' });
    expect(warnings({ systemPromptSource: SystemPromptSource.fromBucket(bucket, 'p'), promptCaching: PromptCaching.systemPrompt() })).toEqual([]);
  });

  test('of another Region is read there', () => {
    const stack = stackIn('us-east-1');
    const bucket = Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'prompts', region: 'eu-west-1' });
    new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromBucket(bucket, 'p') });
    expect(optionsOf(stack).systemSource).toEqual({ bucket: 'prompts', key: 'p', region: 'eu-west-1' });
  });

  test('that is known only at deploy time is told in variables that must be there', () => {
    const stack = stackIn(undefined);
    const key = new CfnParameter(stack, 'Key').valueAsString;
    new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromBucket(new Bucket(stack, 'Bucket'), key) });
    const { Environment: { Variables } } = functionOf(stack);
    expect(Variables).toMatchObject({
      INVOKER_OPTION_SYSTEM_SOURCE_BUCKET: { Ref: expect.stringMatching(/^Bucket/) },
      INVOKER_OPTION_SYSTEM_SOURCE_KEY: { Ref: 'Key' },
    });
    expect(JSON.stringify(Variables.INVOKER_OPTIONS)).toContain(JSON.stringify('{"path":["systemSource","key"],"name":"INVOKER_OPTION_SYSTEM_SOURCE_KEY","needed":true}').slice(1, -1));
  });

  test.each([
    ['', undefined, 'key is not the key of an object, got ""; expected 1 to 1024 bytes, such as "prompts/support.txt". Name the object.'],
    ['ü'.repeat(513), undefined, `key is not the key of an object, got ${JSON.stringify('ü'.repeat(513))}; expected 1 to 1024 bytes, such as "prompts/support.txt". Name the object.`],
    ['prompts/*', undefined, 'key would stand in a policy for more than one resource, got "prompts/*"; expected the key of one object, without "*", "?" and "${...}". Name the one resource that is meant.'],
    ['p', '', 'objectVersion is empty, got ""; expected the version ID of the object. Name the version, or leave objectVersion out to read the current one.'],
  ])('with the key %p and the version %p is refused', (key, version, message) => {
    const bucket = Bucket.fromBucketName(stackIn('us-east-1'), 'Bucket', 'prompts');
    expect(thrown(() => SystemPromptSource.fromBucket(bucket, key, version))).toBe(message);
  });
});

describe('a parameter', () => {
  /** What the handler is told of a parameter of this ARN. */
  function toldOf(arn: string, selector?: string, region: string | undefined = 'us-east-1'): unknown {
    const stack = stackIn(region);
    const parameter = StringParameter.fromStringParameterArn(stack, 'Parameter', arn);
    new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromParameter(parameter, selector) });
    return optionsOf(stack).systemSource;
  }

  test.each([
    ['simple', undefined, 'simple'], ['team/prompt', undefined, '/team/prompt'], ['team/a/b', '3', '/team/a/b:3'], ['simple', 'live_1', 'simple:live_1'],
  ])('with the ARN .../%s and the selector %p is called %s', (path, selector, parameter) => {
    expect(toldOf(`arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/${path}`, selector)).toEqual({ parameter });
  });

  test('of this app is told in a variable, with its selector', () => {
    const stack = stackIn('us-east-1');
    const parameter = new StringParameter(stack, 'Parameter', { stringValue: 'Be brief.' });
    new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromParameter(parameter, '2') });
    const Ref = stack.resolve(parameter.parameterName).Ref as string;
    expect(functionOf(stack).Environment.Variables.INVOKER_OPTION_SYSTEM_SOURCE_PARAMETER).toEqual({ 'Fn::Join': ['', [{ Ref }, ':2']] });
  });

  test.each<[string, string, (stack: Stack) => IStringParameter]>([
    ['Region', `"arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/p"`, ({ node: { root } }) =>
      StringParameter.fromStringParameterArn(stackIn('eu-west-1', root as App, 'Other'), 'P', `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/p`)],
    ['account', '"arn:aws:ssm:us-east-1:444455556666:parameter/p"', (stack) => StringParameter.fromStringParameterArn(stack, 'P', 'arn:aws:ssm:us-east-1:444455556666:parameter/p')],
    ['Region that this app makes', 'a construct', ({ node: { root } }) => new StringParameter(stackIn('eu-west-1', root as App, 'Other'), 'P', { stringValue: 'x' })],
  ])('of another %s is refused', (_, shown, make) => {
    const stack = stackIn('us-east-1');
    const message = thrown(() => new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromParameter(make(stack)) }));
    expect(message.replace(/\w+ at Other\/P/, 'a construct')).toBe(
      `systemPromptSource is a parameter of another account or Region, got ${shown}; expected one of "${ACCOUNT}" in "us-east-1", where the function reads it. `
      + 'Create the parameter there, or keep the prompt in a bucket, which may be of another Region.');
  });

  test.each(['0', '1a', 'aws-x', 'SSMx', 'a b', '', 'a:b', 'x'.repeat(101)])('%p is no selector', (selector) => {
    const parameter = StringParameter.fromStringParameterArn(stackIn('us-east-1'), 'P', `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/p`);
    expect(thrown(() => SystemPromptSource.fromParameter(parameter, selector))).toBe(
      `selector is neither a version nor a label, got ${JSON.stringify(selector)}; expected a number such as "3", `
      + 'or letters, digits and . - _ that do not begin with a digit, "aws" or "ssm". Name one of these, or leave selector out to read the latest version.');
  });
});

test('a system prompt comes from one place', () => {
  const stack = stackIn('us-east-1');
  const message = thrown(() => new HaikuInvoker(stack, 'Invoker', { systemPrompt: 'Be brief.', systemPromptSource: assetOf(LONG) }));
  expect(message).toBe('systemPrompt and systemPromptSource are both given, systemPrompt as "Be brief."; expected one of the two. '
    + 'Leave systemPrompt out, and write its text where systemPromptSource reads it.');
});

test('a path, a bucket\'s name and a parameter\'s name are not a source', () => {
  expect(thrown(() => invokerWith({ systemPromptSource: 'prompt.txt' as never }))).toBe(
    'systemPromptSource is not a SystemPromptSource, got "prompt.txt"; expected SystemPromptSource.fromAsset(...), SystemPromptSource.fromBucket(...) or SystemPromptSource.fromParameter(...). '
    + 'Change it, or leave systemPromptSource out.');
  expect(thrown(() => SystemPromptSource.fromBucket('prompts' as never, 'p'))).toBe('bucket is not a bucket, got "prompts"; expected an s3.Bucket. It cannot be left out.');
  expect(thrown(() => SystemPromptSource.fromParameter('/p' as never))).toBe('parameter is not a parameter, got "/p"; expected an ssm.StringParameter. It cannot be left out.');
  expect(thrown(() => SystemPromptSource.fromAsset(Token.asString(Fn.ref('Path'))))).toContain('File cannot be read');
});

test('in a nested stack the file is there too', () => {
  const parent = stackIn('us-east-1', new App({ outdir: mkdtempSync(join(FOLDER, 'out-')) }));
  const nested = new NestedStack(parent, 'Nested');
  new HaikuInvoker(nested, 'Invoker', { systemPromptSource: assetOf(LONG) });
  expect(Object.values(Template.fromStack(nested).findResources('AWS::Lambda::Function'))[0].Metadata).toHaveProperty(['cdk-bedrock-haiku:handlerInside']);
});
