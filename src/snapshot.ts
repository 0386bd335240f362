import { readdirSync } from 'fs';
import { join } from 'path';
import { FileSystem } from 'aws-cdk-lib/core';
import { HANDLER_INSIDE, handlersFolder } from './construct/handler-code';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Code?: unknown; readonly FunctionName?: { readonly Ref?: string }; readonly TemplateURL?: unknown };
  readonly Metadata?: Record<string, unknown>;
}

/** A hash that follows the handlers of a release. */
interface HandlerHash {
  readonly hash: string;
  /** Tells it from the others of a template. */
  readonly of: string;
}

/**
 * The template with `<handler>` in place of what only a release of this package changes: the asset hashes of its own handlers, also with a
 * system prompt beside them, and of nested stacks with such a handler in them, and in the logical ID of a function's version the hash that CDK derives from them. Every
 * other hash stays.
 *
 * The legacy stack synthesizer makes parameters that are named after the hash; the handler's name then takes its place.
 *
 * For snapshot tests without jest or vitest.
 */
export function withoutHandlerHashes<T>(template: T): T {
  return JSON.parse(handlerHashes(template).reduce(withoutHash, JSON.stringify(template) ?? 'null')) as T;
}

/** Whether a value in a snapshot is a template with a handler of this package in it. Part of the serializer. */
export function test(value: unknown): boolean {
  try {
    return isTemplate(value) && handlerHashes(value).length > 0;
  } catch {
    // What cannot be written as JSON is no template.
    return false;
  }
}

/** Prints such a template without the handlers' hashes. Part of the serializer. */
export function serialize<Config, Refs>(
  value: unknown, config: Config, indentation: string, depth: number, refs: Refs,
  printer: (value: unknown, config: Config, indentation: string, depth: number, refs: Refs) => string): string {
  return printer(withoutHandlerHashes(value), config, indentation, depth, refs);
}

/** Where a hash is part of a name, CDK has put eight digits behind it that follow from the name. */
function withoutHash(text: string, { hash, of }: HandlerHash): string {
  return text
    .replaceAll(new RegExp(`AssetParameters${hash}(S3Bucket|S3VersionKey|ArtifactHash)[0-9A-F]{8}`, 'g'), `AssetParameters<${of}>$1`)
    .replaceAll(new RegExp(`${hash}(?:[0-9A-F]{8}(?![0-9A-Fa-f]))?`, 'g'), '<handler>');
}

function handlerHashes(template: unknown): HandlerHash[] {
  const text = JSON.stringify(template) ?? '';
  const resources = Object.entries(isTemplate(template) ? template.Resources : {}).filter(([, resource]) => isObject(resource));
  const folder = handlersFolder();
  const bundles = readdirSync(folder)
    .map((bundle) => ({ hash: FileSystem.fingerprint(join(folder, bundle)), of: bundle }))
    .filter(({ hash }) => text.includes(hash));
  const marked = markedHashes(resources);
  return [...bundles, ...marked, ...versionHashes(resources, [...bundles, ...marked])];
}

/** The hash of a nested stack's template, which lies in a file of its own, and that of a handler with another file beside it. */
function markedHashes(resources: Array<[string, Resource]>): HandlerHash[] {
  return resources.flatMap(([id, { Metadata, Properties: { TemplateURL, Code } = {} }]) => {
    const hash = Metadata?.[HANDLER_INSIDE] ? /[0-9a-f]{64}/.exec(JSON.stringify(TemplateURL ?? Code ?? '')) : null;
    return hash ? [{ hash: hash[0], of: id }] : [];
  });
}

/** CDK names a version for what is in it, so that new code makes a new version. */
function versionHashes(resources: Array<[string, Resource]>, bundles: HandlerHash[]): HandlerHash[] {
  const functions = resources
    .filter(([, { Properties }]) => bundles.some(({ hash }) => JSON.stringify(Properties?.Code ?? '').includes(hash)))
    .map(([id]) => id);
  return resources
    .filter(([, { Type, Properties }]) => Type === 'AWS::Lambda::Version' && functions.includes(Properties?.FunctionName?.Ref ?? ''))
    .flatMap(([id]) => /CurrentVersion[0-9A-F]{8}([0-9a-f]{32})$/.exec(id)?.slice(1) ?? [])
    .map((hash) => ({ hash, of: 'version' }));
}

function isTemplate(value: unknown): value is { Resources: Record<string, Resource> } {
  return isObject(value) && isObject((value as { Resources?: unknown }).Resources);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
