import { readdirSync } from 'fs';
import { join } from 'path';
import { FileSystem } from 'aws-cdk-lib/core';

/** Where the package keeps its handler bundles. */
const BUNDLES = join(__dirname, '..', 'assets');

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Code?: { readonly S3Key?: unknown }; readonly FunctionName?: { readonly Ref?: string } };
}

/**
 * The template with `<handler>` in place of what only a release of this package changes: the asset hashes of its own handlers,
 * and in the logical ID of a function's version the hash that CDK derives from them. Every other hash stays.
 *
 * For snapshot tests without jest or vitest.
 */
export function withoutHandlerHashes<T>(template: T): T {
  return JSON.parse(handlerHashes(template).reduce((text, hash) => text.split(hash).join('<handler>'), JSON.stringify(template))) as T;
}

/** Whether a value in a snapshot is a template with a handler of this package in it. Part of the serializer. */
export function test(value: unknown): boolean {
  return isTemplate(value) && handlerHashes(value).length > 0;
}

/** Prints such a template without the handlers' hashes. Part of the serializer. */
export function serialize<Config, Refs>(
  value: unknown, config: Config, indentation: string, depth: number, refs: Refs,
  printer: (value: unknown, config: Config, indentation: string, depth: number, refs: Refs) => string): string {
  return printer(withoutHandlerHashes(value), config, indentation, depth, refs);
}

function handlerHashes(template: unknown): string[] {
  const text = JSON.stringify(template);
  const bundles = readdirSync(BUNDLES).map((bundle) => FileSystem.fingerprint(join(BUNDLES, bundle))).filter((hash) => text.includes(hash));
  return [...bundles, ...versionHashes(template, bundles)];
}

/** CDK names a version for what is in it, so that new code makes a new version. */
function versionHashes(template: unknown, bundles: string[]): string[] {
  const resources = Object.entries(isTemplate(template) ? template.Resources : {});
  const functions = resources.filter(([, { Properties }]) => bundles.some((hash) => Properties?.Code?.S3Key === `${hash}.zip`)).map(([id]) => id);
  return resources
    .filter(([, { Type, Properties }]) => Type === 'AWS::Lambda::Version' && functions.includes(Properties?.FunctionName?.Ref ?? ''))
    .flatMap(([id]) => /CurrentVersion[0-9A-F]{8}([0-9a-f]{32})$/.exec(id)?.[1] ?? []);
}

function isTemplate(value: unknown): value is { Resources: Record<string, Resource> } {
  return typeof value === 'object' && value !== null && typeof (value as { Resources?: unknown }).Resources === 'object';
}
