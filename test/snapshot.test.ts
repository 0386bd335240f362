import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HaikuInvoker } from '../src';
import * as serializer from '../src/snapshot';

const ENV = { account: '111122223333', region: 'us-east-1' };

function stackWith(content: (stack: Stack) => void): Record<string, unknown> {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  content(stack);
  return Template.fromStack(stack).toJSON();
}

const print = (value: unknown): string => JSON.stringify(value);
const printed = (template: unknown): string => serializer.serialize(template, {}, '', 0, [], print);

test('a template with a HaikuInvoker is printed without the hash of its handler', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker'));
  expect(serializer.test(template)).toBe(true);
  expect(JSON.stringify(template)).toMatch(/"S3Key":"[0-9a-f]{64}\.zip"/);
  expect(printed(template)).toContain('"S3Key":"<handler>.zip"');
  expect(printed(template)).not.toMatch(/[0-9a-f]{64}/);
});

test('nothing but the hash is changed', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker'));
  const hash = /[0-9a-f]{64}/.exec(JSON.stringify(template))![0];
  expect(printed(template).split('<handler>').join(hash)).toBe(JSON.stringify(template));
});

test('the version behind an alias loses the hash that CDK puts into its logical ID', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker', { alias: { aliasName: 'live' } }));
  expect(Object.keys(template.Resources as object).filter((id) => /CurrentVersion[0-9A-F]{8}[0-9a-f]{32}$/.test(id))).toHaveLength(1);
  const resources = Object.keys((serializer.withoutHandlerHashes(template) as { Resources: object }).Resources);
  expect(resources.filter((id) => /CurrentVersion[0-9A-F]{8}<handler>$/.test(id))).toHaveLength(1);
  expect(printed(template)).not.toMatch(/[0-9a-f]{32}/);
});

test('the hash of a user\'s own code stays', () => {
  const template = stackWith((stack) => {
    new HaikuInvoker(stack, 'Invoker');
    new Function(stack, 'Own', { code: Code.fromAsset(__dirname), handler: 'index.handler', runtime: new Runtime('nodejs24.x') });
  });
  expect(printed(template).match(/[0-9a-f]{64}/g)).toHaveLength(1);
});

test('other values are left to other serializers', () => {
  const own = stackWith((stack) => new Function(stack, 'Own', { code: Code.fromAsset(__dirname), handler: 'index.handler', runtime: new Runtime('nodejs24.x') }));
  for (const value of [own, undefined, null, 'text', 7, {}, { Resources: {} }, { Resources: 'none' }]) expect(serializer.test(value)).toBe(false);
});

test('what was printed is not printed again', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker'));
  expect(serializer.test(serializer.withoutHandlerHashes(template))).toBe(false);
});

expect.addSnapshotSerializer(serializer);

test('jest takes the module as a serializer', () => {
  const template = stackWith((stack) => new HaikuInvoker(stack, 'Invoker')) as { Resources: Record<string, { Type: string; Properties: { Code?: unknown } }> };
  const [id, { Type, Properties: { Code: code } }] = Object.entries(template.Resources).find(([, resource]) => resource.Type === 'AWS::Lambda::Function')!;
  expect({ Resources: { [id]: { Type, Properties: { Code: code } } } }).toMatchInlineSnapshot(`
{
  "Resources": {
    "InvokerFunction4452B04B": {
      "Properties": {
        "Code": {
          "S3Bucket": "cdk-hnb659fds-assets-111122223333-us-east-1",
          "S3Key": "<handler>.zip",
        },
      },
      "Type": "AWS::Lambda::Function",
    },
  },
}
`);
});
