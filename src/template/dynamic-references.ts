import { isRecord } from './template-json';
import { Unknown } from '../private/unknown';

/** What CloudFormation puts in place of `{{resolve:service:reference}}` while it deploys. */
const REFERENCE = /(\{\{resolve:[a-z-]{1,20}:[^{}]{1,2048}\}\})/;
const PARTS = /^\{\{resolve:([a-z-]+):([^:}]+)/;

/**
 * A value with each dynamic reference replaced, wherever it stands in a text.
 *
 * @param parameter - the value of a parameter of the Parameter Store, if it is known
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function withoutDynamicReferences(value: unknown, parameter: (name: string) => unknown): unknown {
  const resolved = (reference: string): string | Unknown => {
    const [, service, name] = PARTS.exec(reference)!;
    const known = service === 'ssm' ? parameter(name) : undefined;
    if (typeof known === 'string' || Unknown.isUnknown(known)) return known;
    return Unknown.of(service === 'secretsmanager' ? `the secret ${name}` : `the parameter ${name}`);
  };
  const replaced = (part: unknown): unknown => {
    if (typeof part === 'string') return part.includes('{{resolve:') ? Unknown.joined(part.split(REFERENCE).map((text) => PARTS.test(text) ? resolved(text) : text)) : part;
    if (Unknown.isUnknown(part)) return Unknown.joined(part.pieces.map((piece) => typeof piece === 'string' ? replaced(piece) as string | Unknown : Unknown.of(piece.source)));
    if (Array.isArray(part)) return part.map(replaced);
    return isRecord(part) ? Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, replaced(inner)])) : part;
  };
  return replaced(value);
}
