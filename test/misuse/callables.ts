import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..', '..');

/** Something of the API that users pass values to, with the type of each. */
export interface Callable {
  readonly owner: string;
  /** `new`, or the name of the method. */
  readonly name: string;
  readonly kind: 'constructor' | 'static' | 'method';
  readonly parameters: Field[];
}

/** A parameter, or a prop of one of our structs. */
export interface Field {
  readonly name: string;
  readonly optional: boolean;
  /** The name of the type, or of the items of a list. */
  readonly type: string;
  readonly list: boolean;
}

/** Everything that users can call and every struct that they can pass, as the compiler reads them: what is new is there by itself. */
export interface Callables {
  readonly callables: Callable[];
  readonly structs: Record<string, Field[]>;
}

export function callablesOfApi(): Callables {
  const index = join(ROOT, 'src', 'index.ts');
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, strict: true, noEmit: true, noLib: true, types: [], rootDir: ROOT };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  // Types are read as they are written, so that the CDK's own need not be: that would take most of the time.
  host.getSourceFile = (file, ...rest) => file.includes('/node_modules/') ? undefined : getSourceFile(file, ...rest);
  const program = ts.createProgram([index], options, host);
  return new Reader(program.getTypeChecker(), program.getSourceFile(index)!).read();
}

class Reader {
  constructor(private readonly checker: ts.TypeChecker, private readonly index: ts.SourceFile) {}

  read(): Callables {
    const symbols = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(this.index)!)
      .map((symbol) => symbol.declarations!.some(ts.isExportSpecifier) ? this.checker.getAliasedSymbol(symbol) : symbol);
    const classes = symbols.filter(({ declarations }) => declarations?.some(ts.isClassDeclaration));
    const structs = symbols.filter(({ name, declarations }) => declarations?.some(ts.isInterfaceDeclaration) && !/^I[A-Z][a-z]/.test(name));
    return {
      callables: classes.flatMap((symbol) => this.callablesOf(symbol)),
      structs: Object.fromEntries(structs.map((symbol) => [symbol.name, this.fieldsOf(symbol)])),
    };
  }

  private callablesOf(symbol: ts.Symbol): Callable[] {
    const own = symbol.declarations!.find(ts.isClassDeclaration)!;
    return own.members.flatMap((member): Callable[] => {
      const modifiers = (ts.canHaveModifiers(member) ? ts.getModifiers(member) ?? [] : []).map(({ kind }) => kind);
      if (modifiers.includes(ts.SyntaxKind.PrivateKeyword) || modifiers.includes(ts.SyntaxKind.ProtectedKeyword)) return [];
      if (ts.isConstructorDeclaration(member)) return [{ owner: symbol.name, name: 'new', kind: 'constructor', parameters: this.parameters(member) }];
      if (!ts.isMethodDeclaration(member) || member.name.getText().startsWith('_') || member.parameters.length === 0) return [];
      return [{
        owner: symbol.name,
        name: member.name.getText(),
        kind: modifiers.includes(ts.SyntaxKind.StaticKeyword) ? 'static' : 'method',
        parameters: this.parameters(member),
      }];
    });
  }

  private fieldsOf(struct: ts.Symbol): Field[] {
    return this.checker.getDeclaredTypeOfSymbol(struct).getProperties().map((prop) => this.field(prop));
  }

  private parameters({ parameters }: ts.SignatureDeclaration): Field[] {
    return parameters.map((parameter) => this.field(this.checker.getSymbolAtLocation(parameter.name)!));
  }

  private field(symbol: ts.Symbol): Field {
    const declaration = symbol.declarations![0] as ts.ParameterDeclaration | ts.PropertySignature;
    const written = declaration.type!;
    const [type] = (ts.isUnionTypeNode(written) ? [...written.types] : [written]).filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    const item = ts.isArrayTypeNode(type) ? type.elementType : undefined;
    return {
      name: symbol.name,
      optional: declaration.questionToken !== undefined || ('initializer' in declaration && declaration.initializer !== undefined),
      type: (item ?? type).getText(),
      list: item !== undefined,
    };
  }
}
