import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');

/** What users can write of one exported name: its kind, and each member with its type. */
export type PublicApi = Record<string, string[]>;

/** The API that `src/index.ts` exports, as the compiler sees it: structs and interfaces too, which leave nothing to run. */
export function publicApi(): PublicApi {
  const program = ts.createProgram([join(ROOT, 'src', 'index.ts')], {
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, strict: true, noEmit: true, types: ['node'], skipLibCheck: true, rootDir: ROOT,
  });
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(join(ROOT, 'src', 'index.ts'))!)!;
  return Object.fromEntries(checker.getExportsOfModule(index)
    .map((symbol) => symbol.declarations!.some(ts.isExportSpecifier) ? checker.getAliasedSymbol(symbol) : symbol)
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((symbol) => [symbol.name, [kindOf(symbol), ...membersOf(checker, symbol)]]));
}

function kindOf({ declarations: [declaration] = [] }: ts.Symbol): string {
  if (ts.isClassDeclaration(declaration)) return 'class';
  if (ts.isInterfaceDeclaration(declaration)) return 'interface';
  if (ts.isEnumDeclaration(declaration)) return 'enum';
  return 'neither a class, an interface nor an enum';
}

function membersOf(checker: ts.TypeChecker, symbol: ts.Symbol): string[] {
  const statics = [...symbol.exports?.values() ?? []].filter(isPublic);
  const members = [...symbol.members?.values() ?? []].filter(isPublic);
  return [
    ...statics.map((member) => `static ${described(checker, member)}`).sort(),
    ...members.map((member) => described(checker, member)).sort(),
  ];
}

/** What jsii leaves in: no private or protected member, and none with an underscore, which is internal. */
function isPublic({ name, declarations = [] }: ts.Symbol): boolean {
  return declarations.length > 0 && !declarations.some(isHidden) && (ts.isConstructorDeclaration(declarations[0]) || !/^[_#]/.test(name));
}

function isHidden(declaration: ts.Declaration): boolean {
  const modifiers = ts.canHaveModifiers(declaration) ? ts.getModifiers(declaration) ?? [] : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
}

function described(checker: ts.TypeChecker, member: ts.Symbol): string {
  const declaration = member.declarations![0];
  if (ts.isConstructorDeclaration(declaration)) return `constructor${checker.signatureToString(checker.getSignatureFromDeclaration(declaration)!)}`;
  const optional = 'questionToken' in declaration && declaration.questionToken !== undefined ? '?' : '';
  return `${member.name}${optional}: ${checker.typeToString(checker.getTypeOfSymbol(member), undefined, ts.TypeFormatFlags.NoTruncation)}`;
}
