// Rewrites lib/**/*.js so that a file loads another one when it first uses it, as aws-cdk-lib does: an app then pays only for
// what it calls. What is needed to define a class (`extends`) still loads at once. Comments and white space go, and long names within
// functions: the declarations have them, and the names of classes stay.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import ts from 'typescript';

const { factory } = ts;

/** What package.json's `exports` names. */
const ENTRIES = ['index.js', 'snapshot.js', 'testing.js'];

/** The same module with its imports put off. Leaves alone what has been put off already. */
export function lazyRequires(source) {
  const file = ts.createSourceFile('module.js', source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const names = new Set(file.statements.flatMap((statement) => importOf(statement)?.name ?? []));
  const { transformed: [lazy] } = ts.transform(file, [(context) => (root) => ts.visitNode(root, function visit(node) {
    const put = importOf(node);
    if (put) return factory.createVariableStatement(undefined, factory.createVariableDeclarationList([loader(put)], ts.NodeFlags.Let));
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text)) {
      return factory.updatePropertyAccessExpression(node, call(node.expression.text), node.name);
    }
    return ts.visitEachChild(isReExport(node) ? inParentheses(node) : node, visit, context);
  })]);
  return ts.createPrinter({ removeComments: true }).printFile(lazy);
}

/** What TypeScript writes for an import: `const name_1 = require("...")`, also within `__importDefault` and its like. */
function importOf(node) {
  if (!ts.isVariableStatement(node) || node.parent?.kind !== ts.SyntaxKind.SourceFile || node.declarationList.declarations.length !== 1) return undefined;
  const [{ name, initializer }] = node.declarationList.declarations;
  if (!initializer || !ts.isCallExpression(initializer) || !ts.isIdentifier(initializer.expression)) return undefined;
  const [argument] = initializer.arguments;
  const isRequire = (value) => ts.isCallExpression(value) && ts.isIdentifier(value.expression) && value.expression.text === 'require';
  const wraps = initializer.expression.text.startsWith('__import') && argument && isRequire(argument);
  return isRequire(initializer) || wraps ? { name: name.text, module: initializer } : undefined;
}

/** `name = () => { const loaded = <module>; name = () => loaded; return loaded; }` */
function loader({ name, module }) {
  const loaded = factory.createIdentifier('loaded');
  const arrow = (body) => factory.createArrowFunction(undefined, undefined, [], undefined, undefined, body);
  return factory.createVariableDeclaration(name, undefined, undefined, arrow(factory.createBlock([
    factory.createVariableStatement(undefined, factory.createVariableDeclarationList([factory.createVariableDeclaration(loaded, undefined, undefined, module)], ts.NodeFlags.Const)),
    factory.createExpressionStatement(factory.createAssignment(factory.createIdentifier(name), arrow(loaded))),
    factory.createReturnStatement(loaded),
  ])));
}

function call(name) {
  return factory.createCallExpression(factory.createIdentifier(name), undefined, []);
}

/** `Object.defineProperty(exports, "Name", { enumerable: true, get: ... })` */
function isReExport(node) {
  return ts.isCallExpression(node) && node.expression.getText?.() === 'Object.defineProperty' && node.arguments[0].getText() === 'exports'
    && ts.isStringLiteral(node.arguments[1]) && ts.isObjectLiteralExpression(node.arguments[2])
    && node.arguments[2].properties.some(({ name }) => name?.getText() === 'get');
}

/**
 * Node.js offers an ES module only the names whose getters it understands, unless it takes the definition for something else: then
 * `exports.Name = void 0` above it counts.
 */
function inParentheses(node) {
  const [exported, name, getter] = node.arguments;
  return factory.updateCallExpression(node, node.expression, undefined, [exported, factory.createParenthesizedExpression(name), getter]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lib = fileURLToPath(new URL('../lib', import.meta.url));
  for (const file of readdirSync(lib, { recursive: true }).filter((name) => name.endsWith('.js'))) {
    const source = readFileSync(join(lib, file), 'utf8');
    const lazy = lazyRequires(source);
    // Without a format esbuild leaves the names of a file's own declarations alone, which messages show. What names its exports for ES
    // modules stays as Node.js reads it.
    writeFileSync(join(lib, file), ENTRIES.includes(file) ? lazy : transformSync(lazy, { minify: true, target: 'node20' }).code);
  }
}
