import { Duration, Token } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { EscalationTrigger } from '../../src';
import { schemaFault } from '../../src/invoker/json-schema-shape';
import { thrown } from '../kit/three-ways';
import '../property-seed';

const of = (schema: object) => thrown(() => EscalationTrigger.schemaViolation(schema as Record<string, unknown>));

test.each<[object, string]>([
  [{ type: 'strng' }, 'at "/type", got "strng"; expected one or a list of array, boolean, integer, null, number, object, string. Correct it there.'],
  [{ properties: { total: { type: 'number', minimum: '1' } } }, 'at "/properties/total/minimum", got "1"; expected a number. Correct it there.'],
  [{ properties: [] }, 'at "/properties", got []; expected an object with a schema for each name. Correct it there.'],
  [{ required: 'total' }, 'at "/required", got "total"; expected a list of strings. Correct it there.'],
  [{ anyOf: [] }, 'at "/anyOf", got []; expected a list of at least one schema. Correct it there.'],
  [{ anyOf: [{}, { pattern: '(' }] }, 'at "/anyOf/1/pattern", got "("; expected a regular expression. Correct it there.'],
  [{ items: { additionalProperties: 'no' } }, 'at "/items/additionalProperties", got "no"; expected a schema, which is an object, true or false. Correct it there.'],
  [{ requierd: ['a'] }, 'at "/requierd", got "requierd"; expected the keyword "required". Correct it there.'],
  [{ properties: { 'a/b': { maxLength: -1 } } }, 'at "/properties/a~1b/maxLength", got -1; expected a whole number of at least 0. Correct it there.'],
  [{ patternProperties: { '[': {} } }, 'at "/patternProperties/[", got "["; expected a regular expression. Correct it there.'],
  [{ $ref: '#/$defs/none' }, 'at "/$ref", got "#/$defs/none"; expected a place in the schema itself, such as "#/$defs/name". Correct it there.'],
  [{ properties: { a: { $ref: 'https://example.com/schema' } } }, 'at "/properties/a/$ref", got "https://example.com/schema"; expected a place in the schema itself, such as "#/$defs/name". Correct it there.'],
])('%j is not a JSON schema, and the place is named', (schema, message) => {
  expect(of(schema)).toBe(`schema is not a JSON schema ${message}`);
});

test('what JSON cannot hold is refused', () => {
  const circular: Record<string, unknown> = {};
  circular.not = circular;
  expect(of(circular)).toBe('schema cannot be written as JSON; expected a JSON schema without circles and big integers. Pass what JSON can hold.');
  const unknown = 'schema holds an unresolved token; expected one that is known at synth time, since answers are judged by it as it is. Write its values out.';
  expect(of({ const: Token.asString({ Ref: 'X' }) })).toBe(unknown);
  expect(of({ maximum: Token.asNumber({ Ref: 'X' }) })).toBe(unknown);
});

test.each([
  {}, { '$schema': 'https://json-schema.org/draft/2020-12/schema', 'title': 'T', 'x-mine': 1, 'discriminator': {} },
  { $defs: { a: { type: ['string', 'null'] } }, properties: { b: { $ref: '#/$defs/a' } } }, { $ref: '#' }, { definitions: { 'a b': true }, $ref: '#/definitions/a%20b' },
  { prefixItems: [{}, true], items: false }, { items: [{}] }, { if: {}, then: {}, else: false }, { dependentRequired: { a: ['b'] } }, { enum: [1, null, { a: 1 }], const: null },
])('%j is a JSON schema', (schema) => {
  expect(() => EscalationTrigger.schemaViolation(schema)).not.toThrow();
});

test('no JSON makes the check fail itself', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('properties', 'items', 'anyOf', '$ref', 'type', 'x', 'required', '__proto__', 'pattern', 'enum'), fc.jsonValue()), (schema) => {
    const fault = schemaFault(schema);
    expect(fault === undefined || typeof fault.at === 'string').toBe(true);
  }));
});

test('the schema is copied: who changes it later changes no trigger', () => {
  const schema = { type: 'object', required: ['a'] };
  const trigger = EscalationTrigger.schemaViolation(schema);
  schema.required.push('b');
  expect(trigger._value).toEqual({ type: 'object', required: ['a'] });
});

test.each<[() => unknown, string]>([
  [() => EscalationTrigger.confidenceBelow('', 1), 'field is not the name of a field, got ""; expected for example "confidence" or "result.confidence". Name the field of the answer\'s JSON.'],
  [() => EscalationTrigger.confidenceBelow('a..b', 1), 'field is not the name of a field, got "a..b"; expected for example "confidence" or "result.confidence". Name the field of the answer\'s JSON.'],
  [() => EscalationTrigger.confidenceBelow('a', NaN), 'bound is not a number that is known at synth time, got NaN; expected for example 0.8. Pass the least confidence that stands.'],
  [() => EscalationTrigger.selfJudged(' '), 'rubric is not text that a model can judge by, got " "; expected 1 to 20000 characters, known at synth time. Say what a good answer is.'],
  [() => EscalationTrigger.verdict({ functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:x', functionName: 'x', grantInvoke: () => undefined, env: {} } as never, Duration.millis(0)),
    'timeLimit is no time that a verdict can take, got "Duration.millis(0)"; expected more than zero, known at synth time. Raise it, or leave it out to have 5 seconds.'],
])('%s is refused', (make, message) => {
  expect(thrown(make)).toBe(message);
});
