import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Schema, Validator } from '@cfworker/json-schema';
import * as fc from 'fast-check';
import { fitting } from '../../../../src/handlers/invoke/escalation/json-schema';
import '../../../property-seed';

/** The judge as the bundles have it, without what nobody reads of the validator. */
const { fitting: bundled } = createRequire(__filename)(join(__dirname, '../../../../assets/invoke-parts/json-schema.cjs')) as { fitting: typeof fitting };

const SCHEMAS: object[] = [
  { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 1, maximum: 9 }, b: { type: ['string', 'null'], maxLength: 2 } }, additionalProperties: false },
  { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number', exclusiveMinimum: 0 }, minItems: 1, maxItems: 3, uniqueItems: true },
  { type: 'number', multipleOf: 0.5, minimum: 0 },
  { anyOf: [{ const: null }, { enum: ['a', 'b', 1] }, { type: 'boolean' }] },
  { oneOf: [{ type: 'number' }, { minimum: 3 }] },
  { allOf: [{ required: ['a'] }, { properties: { a: { not: { type: 'null' } } } }] },
  { if: { required: ['a'] }, then: { required: ['b'] }, else: { type: 'string' } },
  { $defs: { node: { type: 'object', properties: { a: { $ref: '#/$defs/node' }, b: { type: 'number' } }, unevaluatedProperties: false } }, $ref: '#/$defs/node' },
  { patternProperties: { '^a': { type: 'string' } }, propertyNames: { maxLength: 1 }, minProperties: 1, maxProperties: 2, dependentRequired: { a: ['b'] } },
  { type: 'array', contains: { type: 'string', pattern: '^a' }, minContains: 1, maxContains: 2 },
  { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { n: { type: 'number' } }, items: [{ $ref: '#/definitions/n' }], additionalItems: { type: 'string' } },
];
const value = fc.letrec((tie) => ({
  leaf: fc.oneof(fc.constantFrom(null, true, 'a', 'b', 'abc', '', 1, 2, 3, 0.5, -1, 12), fc.string({ maxLength: 3 })),
  any: fc.oneof({ maxDepth: 3 }, tie('leaf'), fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'c'), tie('any'), { maxKeys: 3 })),
})).any;

test.each(SCHEMAS)('%j: the judge in the bundles decides as the package does', (schema) => {
  const draft = '$schema' in schema ? '7' : '2020-12';
  const whole = new Validator(schema as Schema, draft);
  const [judge, slim] = [fitting(schema), bundled(schema)];
  const seen = new Set<boolean>();
  fc.assert(fc.property(value, (instance) => {
    const { valid } = whole.validate(instance);
    seen.add(valid);
    expect([judge(instance), slim(instance)]).toEqual([valid, valid]);
  }), { numRuns: 500 });
  expect(seen.size).toBe(2);
});

test.each([
  ['date', '2026-02-28', '2026-02-30'], ['time', '12:00:00Z', '25:00:00Z'], ['date-time', '2026-02-28T12:00:00Z', 'yesterday'], ['duration', 'P1D', '1 day'], ['email', 'a@example.com', 'a@'],
  ['hostname', 'example.com', '-'], ['ipv4', '127.0.0.1', '256.0.0.1'], ['ipv6', '::1', ':1'], ['uri', 'https://example.com/a', 'example'], ['uuid', '00000000-0000-4000-8000-000000000000', '1'],
])('the format %s is judged', (format, right, wrong) => {
  expect([bundled({ format })(right), bundled({ format })(wrong)]).toEqual([true, false]);
});

test.each([true, false])('the schema %p', (schema) => expect(bundled(schema)({})).toBe(schema));
