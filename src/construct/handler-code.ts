import { createHash } from 'crypto';
import { existsSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join } from 'path';
import { CfnFunction, Code, Function, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { DockerImage, FileSystem, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuError, shown } from '../private/errors';

const PACKAGE = 'cdk-bedrock-haiku';
/** Where this file is. An app that is bundled as an ES module has no such name. */
const HERE = typeof __dirname === 'string' ? __dirname : process.cwd();

/**
 * Stands in the metadata of what has a hash that follows a handler's of ours: a nested stack, by the hash of its template, and a function whose code
 * holds a file beside the handler.
 */
export const HANDLER_INSIDE = 'cdk-bedrock-haiku:handlerInside';

/** The runtime of our handlers, by name: the constant came to CDK after the oldest release that this library supports. */
export function nodejs24(): Runtime {
  return new Runtime('nodejs24.x', RuntimeFamily.NODEJS, { supportsInlineCode: true });
}

/** A text file that stands beside a handler. */
export interface FileBeside {
  readonly name: string;
  readonly text: string;
  /** Whether it is code of this package, which a release of ours may change. */
  readonly ofPackage?: boolean;
}

/** The code of a handler, which comes with this package as a bundle, for a function in this scope. */
export function handlerCode(scope: IConstruct, bundle: string, beside: FileBeside[] = []): Code {
  for (let stack = Stack.of(scope); stack.nestedStackResource; stack = stack.nestedStackParent!) {
    stack.nestedStackResource.addMetadata(HANDLER_INSIDE, true);
  }
  const folder = join(handlersFolder(), bundle);
  return beside.length > 0 ? codeWith(folder, beside) : Code.fromAsset(folder);
}

/** Tells of a handler in the code of a function. Its value follows the file, as the hash of the code does, but no release of ours. */
export function tellHandlerInside({ node }: Function, beside: FileBeside[]): void {
  const hash = createHash('sha256');
  for (const { text, ofPackage } of beside) if (!ofPackage) hash.update(text);
  (node.defaultChild as CfnFunction).addMetadata(HANDLER_INSIDE, hash.digest('hex'));
}

/** The folder and more files, in the cloud assembly. CDK calls that bundling; it asks for an image, and needs none where the app does it itself. */
function codeWith(folder: string, beside: FileBeside[]): Code {
  const tryBundle = (to: string) => {
    FileSystem.copyDirectory(folder, to);
    for (const { name, text } of beside) writeFileSync(join(to, name), text);
    return true;
  };
  const hash = createHash('sha256').update(FileSystem.fingerprint(folder));
  for (const { name, text } of beside) hash.update(name).update(text);
  return Code.fromAsset(folder, {
    // By default the files would have no part in the hash.
    assetHash: hash.digest('hex'),
    bundling: { image: DockerImage.fromRegistry('none'), local: { tryBundle } },
  });
}

/**
 * The folder of the handlers' bundles. It is beside the library, unless an app was bundled into one file and the library with it: then
 * the installed package that is nearest to that file has it.
 */
export function handlersFolder(): string {
  const beside = join(HERE, '..', '..', 'assets');
  if (isOurs(beside)) return beside;
  const installed = installedFrom(HERE) ?? installedFrom(process.cwd());
  if (installed !== undefined) return installed;
  throw new HaikuError(
    `Handlers of ${PACKAGE} are not found, got ${shown(beside)}; expected the folder "assets" of the package. If your app is bundled into one file, `
    + `leave the package out of it, for example with esbuild --external:${PACKAGE}, and have it installed where the app runs.`);
}

/** The handlers of the package that Node.js finds from a folder. */
function installedFrom(folder: string): string | undefined {
  try {
    const assets = join(dirname(createRequire(join(folder, 'app.js')).resolve(`${PACKAGE}/package.json`)), 'assets');
    return isOurs(assets) ? assets : undefined;
  } catch {
    return undefined;
  }
}

function isOurs(folder: string): boolean {
  return existsSync(join(folder, 'invoke-model', 'index.js'));
}
