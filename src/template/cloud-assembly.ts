import { TemplateInput } from './assembly';
import { soundTemplate } from './sound-template';
import { at, isRecord, WholeTemplate } from './template-json';
import { HaikuError, shown } from '../private/errors';

/** What a cloud assembly is read with: the parsed JSON of a file of its folder, or nothing if there is no such file. */
export type ReadJson = (file: string) => unknown;

/** A rule that a user of the CDK acknowledged on a construct, for a resource inside it. */
export interface AcknowledgedByCdk {
  readonly template: string;
  readonly resource: string;
  /** As it was written, perhaps with the name of a plugin in front: `cdk-bedrock-haiku::residency`. */
  readonly id: string;
  readonly reason: string;
}

/** The stacks of a cloud assembly. */
export interface CloudAssembly {
  readonly inputs: readonly TemplateInput[];
  readonly acknowledged: readonly AcknowledgedByCdk[];
}

/** The newest schema of cloud assemblies that is known to be read as it is meant. */
export const NEWEST_SCHEMA = 55;

/**
 * The stacks of a cloud assembly and of those inside it, as `manifest.json` describes them.
 *
 * @param folder - its path, as messages and findings name it
 * @param newestSchema - throws for an assembly of a newer schema than this
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html
 */
export function readCloudAssembly(read: ReadJson, folder: string, newestSchema = Infinity): CloudAssembly {
  const place = (file: string) => `${folder.replace(/\/$/, '')}/${file}`;
  const manifest = read(place('manifest.json'));
  const artifacts = at(manifest, 'artifacts');
  const version = Number(/^\d+/.exec(String(at(manifest, 'version')))?.[0]);
  if (!isRecord(artifacts) || Number.isNaN(version)) {
    throw new HaikuError(`${place('manifest.json')} describes no cloud assembly, got ${shown(manifest)}; expected its version and its artifacts. Pass the folder that "cdk synth" writes.`);
  }
  if (version > newestSchema) {
    throw new HaikuError(`${place('manifest.json')} is of a newer CDK, got schema ${shown(at(manifest, 'version'))}; expected at most ${newestSchema}. Update cdk-bedrock-haiku, or pass the templates by themselves.`);
  }
  const parts = Object.entries(artifacts).map(([id, artifact]): CloudAssembly => {
    switch (at(artifact, 'type')) {
      case 'aws:cloudformation:stack': return stackOf(id, artifact, read, place);
      case 'cdk:cloud-assembly': {
        const inner = String(at(artifact, 'properties', 'directoryName'));
        return readCloudAssembly(read, place(inner), newestSchema);
      }
      default: return { inputs: [], acknowledged: [] };
    }
  });
  return { inputs: parts.flatMap(({ inputs }) => inputs), acknowledged: parts.flatMap(({ acknowledged }) => acknowledged) };
}

function stackOf(id: string, artifact: unknown, read: ReadJson, place: (file: string) => string): CloudAssembly {
  const file = place(String(at(artifact, 'properties', 'templateFile')));
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(at(artifact, 'environment'))) ?? [];
  const input: TemplateInput = {
    ...templateInput(read, file, place),
    stackName: String(at(artifact, 'properties', 'stackName') ?? id),
    ...isKnown(account) && { account },
    ...isKnown(region) && { region },
  };
  const more = at(artifact, 'additionalMetadataFile');
  const metadata = at(artifact, 'metadata') ?? (typeof more === 'string' ? read(place(more)) : undefined);
  return { inputs: [input], acknowledged: acknowledgedIn(metadata, file) };
}

/** The templates of nested stacks lie beside; the resource says which is its own. */
function templateInput(read: ReadJson, file: string, place: (file: string) => string): TemplateInput {
  const found = read(file);
  if (found === undefined) throw new HaikuError(`${file} is missing; expected the template that the manifest names. Run "cdk synth" again.`);
  const template: WholeTemplate = soundTemplate(found, file);
  const nested = Object.entries(template.Resources as Record<string, unknown>).flatMap(([id, resource]) => {
    const own = at(resource, 'Type') === 'AWS::CloudFormation::Stack' ? at(resource, 'Metadata', 'aws:asset:path') : undefined;
    return typeof own === 'string' && read(place(own)) !== undefined ? [[id, templateInput(read, place(own), place)] as const] : [];
  });
  return { file, template, ...nested.length > 0 && { nested: Object.fromEntries(nested) } };
}

/** The CDK writes `unknown-account` and `unknown-region` for what a deployment decides. */
function isKnown(part: string | undefined): boolean {
  return part !== undefined && !part.startsWith('unknown-');
}

/** Metadata of the CDK stands by construct path; an acknowledgement is for every resource inside the construct. */
function acknowledgedIn(metadata: unknown, template: string): AcknowledgedByCdk[] {
  if (!isRecord(metadata)) return [];
  const entries = Object.entries(metadata).flatMap(([path, list]) => Array.isArray(list) ? (list as unknown[]).map((entry) => ({ path, type: at(entry, 'type'), data: at(entry, 'data') })) : []);
  const resources = entries.filter(({ type }) => type === 'aws:cdk:logicalId');
  return entries.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').flatMap(({ path, data }) => Object.entries(isRecord(data) ? data : {}).flatMap(([id, reason]) =>
    resources.filter((resource) => resource.path === path || resource.path.startsWith(`${path}/`))
      .map((resource) => ({ template, resource: String(resource.data), id, reason: String(reason) }))));
}
