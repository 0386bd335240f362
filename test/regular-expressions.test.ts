import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AST, parseRegExpLiteral } from '@eslint-community/regexpp';
import * as ts from 'typescript';

const SRC = resolve(__dirname, '../src');

/** The regular expressions of a source text, as they stand there. */
function expressionsIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest));
  return found;
}

/**
 * A row of signs that an expression reads without a bound, from any place of the text, and gives up where something behind it does
 * not match: if the row can hold another beginning, the next search reads the rest of the row again, and so takes the square of
 * its length. The lint rules find this only where the row is the beginning.
 */
function rereads(literal: string): string | undefined {
  const { pattern, flags } = parseRegExpLiteral(literal);
  for (const { elements } of pattern.alternatives) {
    const [first] = elements;
    if (first?.type === 'Assertion' && first.kind === 'start') continue;
    for (const quantifier of unboundedIn(elements)) {
      if (mayFailAfter(quantifier) && meets(first, quantifier.element, flags.raw)) return quantifier.raw;
    }
  }
  return undefined;
}

function unboundedIn(elements: AST.Element[]): AST.Quantifier[] {
  return elements.flatMap((element) => {
    if (element.type === 'Quantifier') return element.max === Infinity ? [element] : unboundedIn([element.element]);
    if (element.type === 'Group' || element.type === 'CapturingGroup') return element.alternatives.flatMap((alternative) => unboundedIn(alternative.elements));
    return [];
  });
}

/** Whether anything behind the quantifier, up to the expression's end, must match something. */
function mayFailAfter(node: AST.Node): boolean {
  const { parent } = node;
  if (!parent || parent.type === 'Pattern') return false;
  if (parent.type !== 'Alternative') return mayFailAfter(parent);
  const after = parent.elements.slice(parent.elements.indexOf(node as AST.Element) + 1);
  return after.some((element) => element.type !== 'Quantifier' || element.min > 0) || mayFailAfter(parent.parent);
}

function meets(first: AST.Element, row: AST.Element, flags: string): boolean {
  const signs = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
  const single = first.type === 'Quantifier' ? first.element : first;
  if (!['Character', 'CharacterSet', 'CharacterClass'].includes(single.type) || !['Character', 'CharacterSet', 'CharacterClass'].includes(row.type)) return true;
  const matches = (element: AST.Element) => new RegExp(`^${element.raw}$`, flags.replace('g', ''));
  return signs.some((sign) => matches(single).test(sign) && matches(row).test(sign));
}

const EXPRESSIONS = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => expressionsIn(readFileSync(join(SRC, file), 'utf8')).map((expression) => [file, expression]));

test.each(EXPRESSIONS)('%s: %s reads no row of signs again and again', (_, expression) => {
  expect(rereads(expression)).toBeUndefined();
});

test.each([
  [String.raw`/inference profile .*(not found|does not exist)/i`, '.*'], [String.raw`/\s+$/`, String.raw`\s+`], ['/a[^b]*b/', '[^b]*'], ['/x(?:a|[a-z]+)y/', '[a-z]+'],
])('%s is found to', (expression, row) => {
  expect(rereads(expression)).toBe(row);
});

test.each(['/^a.*b/', String.raw`/\S+/g`, String.raw`/arn:aws[^\s"]*/`, String.raw`/\u001b\[\d+m/g`, '/a.{0,200}b/', '/[a-z]+|x/'])('%s is not', (expression) => {
  expect(rereads(expression)).toBeUndefined();
});
