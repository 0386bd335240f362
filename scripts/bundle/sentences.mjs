// Takes the sentences of refusals and failures out of a handler's bundle, into a file beside it: each is a good part of the code that
// tells when it is needed, and neither an init nor a call that succeeds needs any. The sources keep them where they are thrown.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Less than this is no longer than what stands in its place. */
const LEAST_CHARACTERS = 24;
const WORDS = /[a-z]{2,}[,:;]? [a-z]/i;

/** A file that says a sentence by its number, with the values in it. It is loaded with the first one. */
const VIRTUAL = 'sentence';
const SAY = 'export const say = (number, ...values) => String.raw({ raw: require("./sentences.cjs")[number] }, ...values);';

/** The fixed parts of a literal within a function, if it is a sentence. */
function partsOf(node) {
  if (ts.isTemplateExpression(node)) return sentence([node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text));
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? sentence([node.text]) : undefined;
}

function sentence(parts) {
  const text = parts.join('…');
  return text.length >= LEAST_CHARACTERS && WORDS.test(text) ? parts : undefined;
}

/** The source with each sentence as `replaced` gives it. What stands outside of functions is needed at init, and stays. */
function withSentences(source, replaced) {
  const file = ts.createSourceFile('module.ts', source, ts.ScriptTarget.ES2022, true);
  const { transformed: [result] } = ts.transform(file, [(context) => (root) => {
    const visitor = (within) => function visit(node) {
      const parts = within && !ts.isLiteralTypeNode(node.parent) && node.parent?.name !== node ? partsOf(node) : undefined;
      const inner = ts.visitEachChild(node, visitor(within || ts.isFunctionLike(node)), context);
      return parts ? replaced(parts, ts.isTemplateExpression(inner) ? inner.templateSpans.map(({ expression }) => expression) : []) : inner;
    };
    return ts.visitEachChild(root, visitor(false), context);
  }]);
  return ts.createPrinter().printFile(result);
}

/** All sentences of these files, each once, in the order of the files' names. */
export function sentencesIn(root, files) {
  const found = new Map();
  for (const file of [...files].sort()) {
    withSentences(readFileSync(join(root, file), 'utf8'), (parts, values) => {
      found.set(JSON.stringify(parts), parts);
      return ts.factory.createArrayLiteralExpression(values);
    });
  }
  return [...found.values()];
}

/** Has esbuild take the numbers of these sentences for their text. */
export function withoutSentences(sentences) {
  const numbers = new Map(sentences.map((parts, number) => [JSON.stringify(parts), number]));
  const { factory } = ts;
  return {
    name: 'sentences',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^sentence$/ }, () => ({ path: VIRTUAL, namespace: VIRTUAL }));
      onResolve({ filter: /^\.\/sentences\.cjs$/ }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace: VIRTUAL }, () => ({ contents: SAY }));
      onLoad({ filter: /src[\\/]handlers[\\/]invoke[\\/].*\.ts$/ }, ({ path }) => {
        let said = false;
        const contents = withSentences(readFileSync(path, 'utf8'), (parts, values) => {
          const number = numbers.get(JSON.stringify(parts));
          if (number === undefined) throw new Error(`A sentence is not among those of the bundles, got ${JSON.stringify(parts)} in ${path}.`);
          said = true;
          return factory.createCallExpression(factory.createIdentifier('say'), undefined, [factory.createNumericLiteral(number), ...values]);
        });
        return { contents: said ? `import { say } from '${VIRTUAL}';\n${contents}` : contents, loader: 'ts' };
      });
    },
  };
}

/** The file that holds them. */
export function sentencesFile(sentences) {
  return `module.exports=${JSON.stringify(sentences)};\n`;
}
