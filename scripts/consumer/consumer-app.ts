import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../languages/language';
import { ProgramResult, runProgram, tryProgram } from '../languages/program';

/** A new app outside the repository, with nothing in it but the packed package, the two peers and TypeScript. */
export class ConsumerApp {
  static installed(folder: string, cdkVersion: string, constructsVersion: string): ConsumerApp {
    runProgram(ROOT, 'npm', ['pack', '--silent', '--pack-destination', folder]);
    const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'))!;
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    runProgram(folder, 'npm', ['install', '--no-audit', '--no-fund',
      join(folder, tarball), `aws-cdk-lib@${cdkVersion}`, `constructs@${constructsVersion}`, 'typescript@6', '@types/node@20']);
    return new ConsumerApp(folder);
  }

  private constructor(readonly folder: string) {}

  /** What npm put at the top of node_modules. */
  installedPackages(): string[] {
    return readdirSync(join(this.folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  }

  /** Type-checks a file with --strict, the declarations of every library included. */
  typeCheck(file: string, module_: string, flags = ['--skipLibCheck', 'false']): ProgramResult {
    return this.compile(file, module_, ['--noEmit', ...flags]);
  }

  /** Compiles a file with --strict. */
  compile(file: string, module_: string, flags = ['--skipLibCheck']): ProgramResult {
    return this.node(join('node_modules', 'typescript', 'bin', 'tsc'), '--strict', ...flags, '--module', module_, '--target', 'es2022', '--types', 'node', file);
  }

  /** Makes a package that has a copy of ours in its own node_modules. */
  copyInto(name: string): void {
    const modules = join(this.folder, 'node_modules', name, 'node_modules');
    mkdirSync(modules, { recursive: true });
    writeFileSync(join(modules, '..', 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js', types: 'index.d.ts' }));
    cpSync(join(this.folder, 'node_modules', 'cdk-bedrock-haiku'), join(modules, 'cdk-bedrock-haiku'), { recursive: true });
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  node(...args: string[]): ProgramResult {
    return tryProgram(this.folder, process.execPath, args);
  }
}
