import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './command';
import { parseTemplate } from './template-file';
import { TemplateInput } from '../template/assembly';
import { AcknowledgedByCdk, CloudAssembly, NEWEST_SCHEMA, readCloudAssembly } from '../template/cloud-assembly';
import { checkLength, soundTemplate } from '../template/sound-template';
import { at, isRecord } from '../template/template-json';

/** Folders that hold what others wrote, and assemblies that are read by their manifest. */
const SKIPPED = ['node_modules', '.git'];
const MANIFEST = 'manifest.json';
const TEMPLATE_FILE = /\.(?:json|ya?ml|template)$/;

/** Everything that the paths of a command line name: cloud assemblies, templates, and folders of either. */
export function scanInput(paths: readonly string[]): CloudAssembly {
  const all = paths.map((path) => statOf(path).isDirectory() ? folderInput(path) : { inputs: [fileInput(path)], acknowledged: [] });
  return { inputs: all.flatMap(({ inputs }) => inputs), acknowledged: all.flatMap(({ acknowledged }) => acknowledged) };
}

/** The JSON of a file that a command line names. */
export function readJsonFile(path: string): unknown {
  return parseTemplate(textOf(path), path);
}

function folderInput(folder: string): CloudAssembly {
  const found = assembliesAndTemplates(folder);
  if (found.inputs.length === 0) {
    throw new UsageError(`${folder} holds nothing to scan; expected a cloud assembly, which has a ${MANIFEST}, or templates that end with .json, .yaml, .yml or .template. Run "cdk synth", or pass another folder.`, 'INPUT');
  }
  return found;
}

/** A file that is no template is passed over where nobody named it, a broken one is not. */
function assembliesAndTemplates(folder: string): { readonly inputs: TemplateInput[]; readonly acknowledged: AcknowledgedByCdk[] } {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => one.name < other.name ? -1 : 1);
  if (entries.some(({ name }) => name === MANIFEST)) {
    const read = cached((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ? readJsonFile(file) : undefined);
    const { inputs, acknowledged } = readCloudAssembly(read, folder, NEWEST_SCHEMA);
    return { inputs: [...inputs], acknowledged: [...acknowledged] };
  }
  const parts = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.includes(entry.name) ? { inputs: [], acknowledged: [] } : assembliesAndTemplates(path);
    if (!entry.isFile() || !TEMPLATE_FILE.test(entry.name)) return { inputs: [], acknowledged: [] };
    const text = textOf(path);
    return { inputs: /Resources/.test(text) && isTemplate(text, path) ? [fileInput(path)] : [], acknowledged: [] };
  });
  return { inputs: parts.flatMap(({ inputs }) => inputs), acknowledged: parts.flatMap(({ acknowledged }) => acknowledged) };
}

function isTemplate(text: string, path: string): boolean {
  const value = parseTemplate(text, path);
  const resources = at(value, 'Resources');
  return isRecord(resources) && Object.values(resources).some((resource) => typeof at(resource, 'Type') === 'string');
}

/** A template with its nested ones, as "aws cloudformation package" finds them: by paths beside it. */
function fileInput(path: string, around: readonly string[] = []): TemplateInput {
  const template = soundTemplate(readJsonFile(path), path);
  const nested = Object.entries(template.Resources as Record<string, unknown>).flatMap(([id, resource]) => {
    const url = at(resource, 'Properties', at(resource, 'Type') === 'AWS::Serverless::Application' ? 'Location' : 'TemplateURL');
    if (typeof url !== 'string' || /^[a-z0-9]+:\/\//i.test(url)) return [];
    const file = join(path, '..', url);
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() && ![path, ...around].includes(file);
    return isThere ? [[id, fileInput(file, [...around, path])] as const] : [];
  });
  return { file: path, template, ...nested.length > 0 && { nested: Object.fromEntries(nested) } };
}

function textOf(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    checkLength(text, path);
    return text.replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw unreadable(path, error);
  }
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): UsageError {
  return new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}); expected a cloud assembly, a template or a folder of them. Pass another path.`, 'INPUT');
}

/** Nested stacks of many stacks may share a template. */
function cached<T>(read: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>();
  return (file) => {
    if (!known.has(file)) known.set(file, read(file));
    return known.get(file)!;
  };
}
