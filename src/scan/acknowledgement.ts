import { RuleId } from './rule';
import { RULES } from './rules';
import { HaikuError, shown } from '../private/errors';
import { AcknowledgedByCdk } from '../template/cloud-assembly';
import { Stack } from '../template/stack';
import { at, isRecord } from '../template/template-json';

/** The name under which templates and CDK users address the scan. */
export const SCANNER = 'cdk-bedrock-haiku';

/** That somebody knows of a finding and why it stays. */
export interface Acknowledgement {
  readonly rule: RuleId;
  readonly reason: string;
  /** The logical ID; every resource if it is left out. */
  readonly resource?: string;
  /** The end of the path of the template; every template if it is left out. */
  readonly template?: string;
  readonly by: 'Validations.acknowledge' | 'Metadata' | 'file';
}

/** What users of the CDK acknowledged on constructs, with the name of the scan in front: `cdk-bedrock-haiku::residency`. */
export function ofCdk(acknowledged: readonly AcknowledgedByCdk[]): Acknowledgement[] {
  return acknowledged.flatMap(({ id, ...rest }) => {
    const [scanner, rule] = id.split('::');
    return scanner === SCANNER && isRule(rule) && rest.reason !== '' ? [{ ...rest, rule, by: 'Validations.acknowledge' as const }] : [];
  });
}

/**
 * What a template acknowledges in `Metadata`, of itself or of a resource:
 * `{ "cdk-bedrock-haiku": { "acknowledge": [{ "rule": "residency", "reason": "..." }] } }`.
 */
export function inMetadata({ template, resources, deployment }: Stack): Acknowledgement[] {
  const read = (metadata: unknown, resource?: string) => listed(at(metadata, SCANNER)).flatMap((entry): Acknowledgement[] => {
    const [rule, reason] = [at(entry, 'rule'), at(entry, 'reason')];
    return isRule(rule) && typeof reason === 'string' && reason.trim() !== '' ? [{ rule, reason, resource, template: deployment.file, by: 'Metadata' }] : [];
  });
  return [...read(template.Metadata), ...resources.flatMap(({ metadata, id }) => read(metadata, id))];
}

/** Those of a file: `{ "acknowledge": [{ "rule": "...", "reason": "...", "resource": "...", "template": "..." }] }`. Throws for what is none. */
export function inFile(value: unknown, file: string): Acknowledgement[] {
  const list = at(value, 'acknowledge');
  if (!Array.isArray(list)) {
    throw new HaikuError(`${file} holds no acknowledgements, got ${shown(value)}; expected { "acknowledge": [{ "rule": "residency", "reason": "..." }] }. Write it so.`);
  }
  return (list as unknown[]).map((entry, index) => {
    const { rule, reason, resource, template, ...others } = isRecord(entry) ? entry : {};
    const place = `${file}: acknowledge[${index}]`;
    if (!isRule(rule)) throw new HaikuError(`${place}.rule is no rule, got ${shown(rule)}; expected one of ${RULES.map(({ id }) => id).join(', ')}. Change it.`);
    if (typeof reason !== 'string' || reason.trim() === '') throw new HaikuError(`${place}.reason says nothing, got ${shown(reason)}; expected why the finding stays. Write it down.`);
    const other = Object.entries({ resource, template }).find(([, text]) => text !== undefined && typeof text !== 'string') ?? Object.entries(others)[0];
    if (other) throw new HaikuError(`${place}.${other[0]} is not taken, got ${shown(other[1])}; expected rule, reason, and a text for resource or template. Change it.`);
    return { rule, reason, resource: resource as string | undefined, template: template as string | undefined, by: 'file' };
  });
}

/** The first of those that are about a finding. */
export function acknowledgementOf(
  { rule, resource, template }: { readonly rule: RuleId; readonly resource: string; readonly template: string },
  all: readonly Acknowledgement[]): Acknowledgement | undefined {
  return all.find((one) => one.rule === rule && (one.resource ?? resource) === resource
    && (one.template === undefined || one.template === template || template.endsWith(`/${one.template}`)));
}

function listed(value: unknown): unknown[] {
  const list = at(value, 'acknowledge');
  return Array.isArray(list) ? list as unknown[] : [];
}

function isRule(value: unknown): value is RuleId {
  return RULES.some(({ id }) => id === value);
}
