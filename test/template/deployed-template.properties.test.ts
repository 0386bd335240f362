import * as fc from 'fast-check';
import { Unknown } from '../../src/private/unknown';
import { DeployedTemplate } from '../../src/template/deployed-template';
import '../property-seed';

const NAMES = ['A', 'B', 'C'];
const word = fc.stringMatching(/^[a-z]{0,4}$/);
const values = fc.record(Object.fromEntries(NAMES.map((name) => [name, word])));
/** What a template may write for a text, and what the text is once its parameters are known. */
interface Text { readonly written: unknown; readonly text: (of: Record<string, string>) => string }

const texts: fc.Arbitrary<Text> = fc.letrec<{ text: Text }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word.map((text) => ({ written: text, text: () => text })),
    fc.constantFrom(...NAMES).map((name) => ({ written: { Ref: name }, text: (of: Record<string, string>) => of[name] })),
    fc.tuple(word, fc.array(tie('text'), { minLength: 1, maxLength: 3 })).map(([separator, parts]) => ({
      written: { 'Fn::Join': [separator, parts.map(({ written }) => written)] },
      text: (of: Record<string, string>) => parts.map(({ text }) => text(of)).join(separator),
    })),
    fc.tuple(word, fc.constantFrom(...NAMES), tie('text')).map(([start, name, own]) => ({
      written: { 'Fn::Sub': [`${start}\${${name}}-\${Own}\${!x}`, { Own: own.written }] },
      text: (of: Record<string, string>) => `${start}${of[name]}-${own.text(of)}\${x}`,
    })),
    fc.tuple(tie('text'), fc.array(tie('text'), { maxLength: 2 })).map(([chosen, others]) => ({
      written: { 'Fn::Select': [others.length, [...others.map(({ written }) => written), chosen.written]] },
      text: chosen.text,
    })),
    fc.tuple(fc.constantFrom('One', 'Other'), tie('text'), tie('text')).map(([condition, then, otherwise]) => ({
      written: { 'Fn::If': [condition, then.written, otherwise.written] },
      text: (of: Record<string, string>) => ((of.A === of.B) === (condition === 'One') ? then : otherwise).text(of),
    })),
  ),
})).text;

const TEMPLATE = {
  Parameters: Object.fromEntries(NAMES.map((name) => [name, { Type: 'String' }])),
  Conditions: { One: { 'Fn::Equals': [{ Ref: 'A' }, { Ref: 'B' }] }, Other: { 'Fn::Not': [{ Condition: 'One' }] } },
};

test('a text is what its parts say', () => {
  fc.assert(fc.property(texts, values, ({ written, text }, parameters) => {
    expect(new DeployedTemplate(TEMPLATE, { parameters }).value(written)).toBe(text(parameters));
  }));
});

test('what is known of some parameters stays true whatever the others are', () => {
  fc.assert(fc.property(texts, values, fc.subarray(NAMES), ({ written, text }, parameters, known) => {
    const value = new DeployedTemplate(TEMPLATE, { parameters: Object.fromEntries(known.map((name) => [name, parameters[name]])) }).value(written);
    if (!Unknown.isUnknown(value)) expect(value).toBe(text(parameters));
    else expect(known.length).toBeLessThan(NAMES.length);
  }));
});

test('whatever a template holds, a value comes out, and one without functions as it went in', () => {
  const names = fc.constantFrom('Ref', 'Fn::Join', 'Fn::Sub', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap', 'Fn::If', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::ToJsonString', 'Fn::Cidr', 'A', 'Type', 'Default', '__proto__');
  const anything = fc.letrec((tie) => ({
    part: fc.oneof({ depthSize: 'small' }, fc.constantFrom('A', 'AWS::NoValue', '${A}', '${', 0, null, true), fc.array(tie('part'), { maxLength: 4 }), fc.dictionary(names, tie('part'), { maxKeys: 2, noNullPrototype: true })),
  })).part;
  fc.assert(fc.property(anything, fc.jsonValue(), (written, plain) => {
    expect(() => JSON.stringify(new DeployedTemplate({}, {}).value(written))).not.toThrow();
    expect(() => new DeployedTemplate({ Conditions: { A: written }, Mappings: written as never, Parameters: written as never }, {}).value([{ 'Fn::If': ['A', 1, 2] }, { 'Fn::FindInMap': ['A', 'A', 'A'] }])).not.toThrow();
    expect(new DeployedTemplate({}, {}).value({ plain })).toEqual({ plain });
  }));
});
