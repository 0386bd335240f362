import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const SRC = join(__dirname, '../../src');

/** What a message must not hold: who reads it may write Python or Java, and reads it as a sentence. */
const STUMBLES: Array<[string, RegExp]> = [
  ['the template of a message where it does not fit', /got (?:one|both|none|nothing)[;,.]|expected (?:none|it to be there|such as)|is like that/],
  ['an object as only TypeScript writes it', /\{ ?\w+: |\(\{|\(this, /],
  ['an API without its class', / or \.[a-z]\w*\(/],
  ['a value as only TypeScript passes it', /\b[a-z]+[A-Z]\w*: (?:true|false)\b/],
];

/** The texts in a file of src/, with what stands in for values left out. */
function textsOf(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) texts.push([node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('VALUE'));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}

const TEXTS = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'))
  .flatMap((file) => textsOf(file).filter((text) => text.includes(' ')).map((text) => ({ file, text })));

test('the texts of the package are read', () => {
  expect(TEXTS.length).toBeGreaterThan(500);
});

test.each(STUMBLES)('no message has %s', (_, stumble) => {
  expect(TEXTS.filter(({ text }) => stumble.test(text))).toEqual([]);
});
