import { IStringParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Fn, Stack, Token } from 'aws-cdk-lib/core';
import { functionOf } from './stack-with-invoker';
import { HaikuInvoker, SystemPromptSource } from '../../src';
import { stackIn } from '../kit/stack';

describe.each<[string, (stack: Stack, parameterName: string, version?: number) => IStringParameter]>([
  ['text', (stack, parameterName, version) => StringParameter.fromStringParameterAttributes(stack, 'P', { parameterName, version, simpleName: false })],
  ['a secret text', (stack, parameterName, version) => StringParameter.fromSecureStringParameterAttributes(stack, 'P', { parameterName, version, simpleName: false })],
])('a parameter of %s that was imported', (_, make) => {
  const variablesOf = (name: (stack: Stack) => string, version?: number, selector?: string) => {
    const stack = stackIn('us-east-1');
    new HaikuInvoker(stack, 'Invoker', { systemPromptSource: SystemPromptSource.fromParameter(make(stack, name(stack), version), selector) });
    const { INVOKER_OPTIONS: options, INVOKER_OPTION_SYSTEM_SOURCE_PARAMETER: variable } = functionOf(stack).Environment.Variables;
    return variable ?? (JSON.parse(options as string) as { readonly systemSource: unknown }).systemSource;
  };

  test.each([[3, undefined, '/p:3'], [3, '4', '/p:4'], [3, 'live', '/p:live'], [undefined, undefined, '/p'], [undefined, '4', '/p:4']])(
    'with the version %p and the selector %p, %s is read', (version, selector, parameter) => {
      expect(variablesOf(() => '/p', version, selector)).toEqual({ parameter });
    });

  test('where the name is known only at deploy time, so does its version go with it', () => {
    const name = () => Fn.ref('Name');
    expect(variablesOf(name, 3)).toEqual({ 'Fn::Join': ['', [{ Ref: 'Name' }, ':3']] });
    expect(variablesOf(name, Token.asNumber({ Ref: 'Version' }))).toEqual({ 'Fn::Join': ['', [{ Ref: 'Name' }, ':', { Ref: 'Version' }]] });
    expect(variablesOf(name)).toEqual({ Ref: 'Name' });
  });

  test('where only the version is known at deploy time, it is read all the same', () => {
    expect(variablesOf(() => '/p', Token.asNumber({ Ref: 'Version' }))).toEqual({ 'Fn::Join': ['', ['/p:', { Ref: 'Version' }]] });
  });
});
