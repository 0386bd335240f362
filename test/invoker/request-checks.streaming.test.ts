import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { invokerWith } from './stack-with-invoker';
import { HaikuInvokerProps, InvokerApi, InvokerFunctionUrl } from '../../src';
import { thrown } from '../kit/three-ways';

test('a function streams without a function URL', () => {
  Template.fromStack(Stack.of(invokerWith({ responseStreaming: true }))).resourceCountIs('AWS::Lambda::Url', 0);
});

test('a function URL that streams may be said to, and changes nothing', () => {
  const template = (props: HaikuInvokerProps) => Template.fromStack(Stack.of(invokerWith(props))).toJSON();
  const functionUrl = InvokerFunctionUrl.streaming();
  expect(template({ functionUrl, responseStreaming: true })).toEqual(template({ functionUrl }));
});

test.each<[HaikuInvokerProps, string]>([
  [
    { responseStreaming: true, functionUrl: InvokerFunctionUrl.buffered() },
    'responseStreaming does not fit functionUrl, got true with InvokerFunctionUrl.buffered(); expected InvokerFunctionUrl.streaming(), '
    + 'since a buffered function URL invokes the function in a way in which it cannot stream. '
    + 'Use InvokerFunctionUrl.streaming(), whose callers get the answer whole unless they ask for a stream, or leave responseStreaming out.',
  ],
  [
    { responseStreaming: false, functionUrl: InvokerFunctionUrl.streaming() },
    'responseStreaming does not fit functionUrl, got false with InvokerFunctionUrl.streaming(); expected true, since that function URL streams. '
    + 'Leave responseStreaming out, or use InvokerFunctionUrl.buffered().',
  ],
  [
    { api: InvokerApi.CONVERSE, functionUrl: InvokerFunctionUrl.streaming() },
    'functionUrl cannot stream in the Converse dialect, got InvokerFunctionUrl.streaming() with InvokerApi.CONVERSE; '
    + 'expected InvokerApi.MESSAGES, whose server-sent events are what streams. Leave api out, or use InvokerFunctionUrl.buffered().',
  ],
  [
    { api: InvokerApi.CONVERSE, responseStreaming: true },
    'responseStreaming is not available in the Converse dialect, got true with InvokerApi.CONVERSE; '
    + 'expected InvokerApi.MESSAGES, whose server-sent events are what streams. Leave api out, or leave responseStreaming out.',
  ],
])('%j is refused', (props, message) => {
  expect(thrown(() => invokerWith(props))).toBe(message);
});

