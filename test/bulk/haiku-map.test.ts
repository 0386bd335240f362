import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { definitionOf, places, roleOf } from './scene';
import { HaikuMap, HaikuMapProps } from '../../src';
import { stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const ENV = { account: '111122223333', region: 'us-east-1' };
type Given = Partial<HaikuMapProps>;

function mapIn(stack: Stack, props: Given = {}): HaikuMap {
  return new HaikuMap(stack, 'Map', { ...places(stack), ...props });
}

test('records are checked, asked in batches by their places, put together and told of; none is in the state', () => {
  const stack = stackIn('us-east-1');
  mapIn(stack, { toleratedFailurePercentage: 5 });
  const { StartAt, States } = definitionOf(stack);
  expect([StartAt, ...Object.keys(States)]).toEqual([
    'Prepare', 'Prepare', 'Is there something to ask?', 'Parts', 'Finish', 'Is anything answered?', 'Succeeded', 'Failed',
  ]);
  const parts = States.Parts as Record<string, never>;
  const inner = (parts.ItemProcessor as { States: Record<string, Record<string, unknown>> }).States;
  expect(parts).toMatchObject({
    MaxConcurrency: 1,
    ToleratedFailurePercentage: 0,
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'JSONL' }, Parameters: { 'Key.$': '$.parts' } },
    ResultPath: null,
  });
  expect(Object.keys(inner)).toEqual(['Ask on demand', 'Put together']);
  expect(inner['Ask on demand']).toMatchObject({
    MaxConcurrency: 17,
    ToleratedFailurePercentage: 5,
    ItemReader: { Parameters: { 'Key.$': '$.asking.batchesKey' } },
    ResultWriter: { Parameters: { 'Prefix.$': 'States.Format(\'out/{}/maps/batches-{}-{}\', $.run, $.asking.part, $.asking.round)' } },
    ResultPath: null,
  });
  expect(inner['Put together']).toMatchObject({ Parameters: { step: 'collect', last: true }, End: true });
});

test('the functions are told the set, and the prices of its card', () => {
  const stack = stackIn('us-east-1');
  mapIn(stack, { promptTemplate: 'Summarise {{text}}', recordIdField: 'id', maxTokens: 100 });
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(functions.map(({ Properties }) => Properties.Handler).sort()).toEqual(['index.answers', 'index.records']);
  for (const { Properties } of functions) {
    expect(JSON.parse(Properties.Environment.Variables.HAIKU_SET_OPTIONS)).toEqual({
      inputPrefix: 'in/',
      outputPrefix: 'out/',
      template: { modelInput: { prompt: 'Summarise {{text}}' }, idField: 'id' },
      part: { records: 100_000, bytes: 1_000_000_000 },
      batch: { records: 50, bytes: 5_000_000 },
      prices: {
        asOf: '2026-11',
        sourceUrl: expect.any(String) as string,
        onDemand: { input: 1.1, output: 5.5, cacheRead: 0.11, cacheWrite: 1.375 },
        batch: { input: 0.55, output: 2.75 },
      },
      rate: { requestsPerMinute: 10_000, tokensPerMinute: 5_000_000, outputWeight: 5 },
    });
  }
});

describe('roles', () => {
  const stack = stackIn('us-east-1');
  new HaikuMap(stack, 'Map', places(stack, Bucket.fromBucketName(stack, 'Data', 'data')));
  const object = (key: string) => `arn:aws:s3:::data/${key}`;
  const listing = (prefix: string) => ({ action: 's3:ListBucket', resource: 'arn:aws:s3:::data', context: { 's3:prefix': prefix } });
  const profile = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0';

  test('what reads and checks may read the input, and write results only', () => {
    const role = roleOf(stack, /^MapSetRecordsRole/);
    expect([
      role.allows({ action: 's3:GetObject', resource: object('in/a.jsonl') }),
      role.allows({ action: 's3:PutObject', resource: object('out/run/manifest.json') }),
      role.allows(listing('in/')), role.allows(listing('out/run/')),
    ]).toEqual([true, true, true, true]);
    expect([
      role.allows({ action: 's3:PutObject', resource: object('in/a.jsonl') }),
      role.allows({ action: 's3:GetObject', resource: object('other') }),
      role.allows({ action: 's3:DeleteObject', resource: object('out/run/manifest.json') }),
      role.allows(listing('other/')),
      role.allows({ action: 'bedrock:InvokeModel', resource: profile }),
    ]).toEqual([false, false, false, false, false]);
  });

  test('what asks may call the model, and not read the input', () => {
    const role = roleOf(stack, /^MapSetAnswersRole/);
    expect([role.allows({ action: 'bedrock:InvokeModel', resource: profile }), role.allows({ action: 's3:GetObject', resource: object('out/run/records/000001.jsonl') })]).toEqual([true, true]);
    expect([role.allows({ action: 's3:GetObject', resource: object('in/a.jsonl') }), role.allows(listing('in/'))]).toEqual([false, false]);
  });

  test('the state machine may run its functions and its own maps, and call no model', () => {
    const role = roleOf(stack, /^MapSetRole/);
    const name = 'GetAtt(MapSetStateMachine';
    const statements = (role as unknown as { statements: Array<{ Action: string | string[]; Resource: string | string[] }> }).statements;
    const resourcesOf = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource);
    expect(resourcesOf('lambda:InvokeFunction')).toHaveLength(2);
    expect(resourcesOf('states:StartExecution')).toEqual([expect.stringMatching(/^Ref\(MapSetStateMachine/)]);
    expect(resourcesOf('states:RedriveExecution').every((resource) => resource.startsWith('arn:aws:states:us-east-1:111122223333:execution:') && resource.includes(name))).toBe(true);
    expect(role.allows({ action: 'bedrock:InvokeModel', resource: profile })).toBe(false);
    expect(role.allows({ action: 's3:GetObject', resource: object('in/a.jsonl') })).toBe(false);
  });
});

test('a run that was stopped or failed is told of too', () => {
  const stack = stackIn('us-east-1');
  mapIn(stack);
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { 'source': ['aws.states'], 'detail-type': ['Step Functions Execution Status Change'], 'detail': { status: ['ABORTED', 'FAILED', 'TIMED_OUT'] } },
    Targets: [{ InputTransformer: { InputPathsMap: { 'detail-name': '$.detail.name' }, InputTemplate: '{"step":"finish","run":<detail-name>}' } }],
  });
});

test.each<[Given, string]>([
  [{ inputPrefix: 'in' }, 'inputPrefix is not one of objects, got "in"; expected text that ends with a slash, such as "input/". Choose such a prefix.'],
  [{ outputPrefix: 'in/out/' },
    'outputPrefix and inputPrefix lie within one another in one bucket, got "in/out/" and "in/"; expected two that do not, since results would be read as records. Choose another outputPrefix.'],
  [{ inputPrefix: 'out/in/' },
    'outputPrefix and inputPrefix lie within one another in one bucket, got "out/" and "out/in/"; expected two that do not, since results would be read as records. Choose another outputPrefix.'],
  [{ recordIdField: 'id' }, 'recordIdField is for rows, got "id" without promptTemplate; expected both. Records have their own recordId: leave recordIdField out.'],
  [{ maxConcurrency: 0 }, 'maxConcurrency is out of range, got 0; expected a whole number from 1 to 1000. Leave it out to have it follow the rate.'],
  [{ toleratedFailurePercentage: 101 }, 'toleratedFailurePercentage is out of range, got 101; expected a whole number from 0 to 100. Leave it out to have none.'],
])('%j is refused', (props, message) => {
  expect(failures((scope) => mapIn(scope as Stack, props), ENV)).toEqual(everywhere(message));
});

test('a bucket of another Region is refused: data would leave the Region', () => {
  const define = (scope: Stack) => mapIn(scope, { output: Bucket.fromBucketAttributes(scope, 'There', { bucketName: 'there', region: 'us-west-2' }) });
  expect(failures((scope) => define(scope as Stack), ENV)).toEqual(everywhere(
    'output is a bucket in another Region, got "us-west-2"; expected "us-east-1", the Region of the stack: records and results would leave the Region that the model is called from. '
    + 'Choose a bucket there, or put this construct into a stack of that Region.'));
});

test('results may go beside the records into another bucket', () => {
  const stack = stackIn('us-east-1');
  expect(() => mapIn(stack, { output: new Bucket(stack, 'Results'), outputPrefix: 'in/' })).not.toThrow();
});
