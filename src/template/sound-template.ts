import { at, isRecord, WholeTemplate } from './template-json';
import { HaikuError, shown } from '../private/errors';

/** CloudFormation takes a template of 1 MB. What is much longer is something else, or made by mistake. */
const MOST_CHARACTERS = 5_000_000;
/** The deepest that a template may be written: what a deployment takes is far below, and a deeper one would exhaust whoever reads it. */
const MOST_LEVELS = 250;

/** Throws if a text is too long to be a template. */
export function checkLength(text: string, file: string): void {
  if (text.length <= MOST_CHARACTERS) return;
  throw new HaikuError(`${file} is too long, got ${text.length} characters; expected a template, of which CloudFormation takes 1 MB. Pass the template itself.`);
}

/** The template, if it can be judged. Throws with the file and the place if it cannot: it is none, too deep, or refers to itself in a circle. */
export function soundTemplate(value: unknown, file: string): WholeTemplate {
  if (!isRecord(value) || !isRecord(value.Resources)) {
    throw new HaikuError(`${file} is no CloudFormation template, got ${shown(isRecord(value) ? Object.keys(value) : value)}; expected an object with Resources. Pass another file.`);
  }
  const deep = tooDeep(value, []);
  if (deep) {
    throw new HaikuError(`${file} is nested too deep at ${deep.slice(0, 6).join('/')}, more than ${MOST_LEVELS} levels; expected a template that a person can read. Write it flatter.`);
  }
  const circle = circleIn(value.Resources);
  if (circle) throw new HaikuError(`${file} refers to itself in a circle: ${circle.join(' -> ')}; expected resources that can be made one after the other. Take one reference out.`);
  return value;
}

/** The path to something that is nested too deep; nothing if there is none. Level by level, so that no depth exhausts this itself. */
function tooDeep(value: unknown, path: readonly string[]): string[] | undefined {
  let level: Array<readonly [unknown, readonly string[]]> = [[value, path]];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return [...level[0][1]];
    level = level.flatMap(([part, where]) => typeof part === 'object' && part !== null
      ? Object.entries(part).map(([key, inner]) => [inner, where.length < 6 ? [...where, key] : where] as const) : []);
  }
  return undefined;
}

/** Resources that need each other, from one back to itself; nothing if there are none. */
function circleIn(resources: Record<string, unknown>): string[] | undefined {
  const needs = new Map(Object.entries(resources)
    .map(([id, resource]) => [id, neededBy(resource).filter((other) => Object.hasOwn(resources, other))]));
  const left = new Map(needs);
  // What needs nothing that is left goes, until all that is left is in a circle or needs one.
  for (let gone = ['']; gone.length > 0;) {
    gone = [...left].filter(([, others]) => !others.some((other) => left.has(other))).map(([id]) => id);
    gone.forEach((id) => left.delete(id));
  }
  const [first] = left.keys();
  if (first === undefined) return undefined;
  const path = [first];
  for (;;) {
    const next = needs.get(path[path.length - 1])!.find((other) => left.has(other))!;
    const start = path.indexOf(next);
    path.push(next);
    if (start >= 0) return path.slice(start);
  }
}

/** What a resource refers to. What AWS SAM writes of a function is not known here, and its events refer back to what refers to it. */
function neededBy(resource: unknown): string[] {
  if (/^AWS::Serverless::/.test(String(at(resource, 'Type')))) return [];
  return [...new Set([...references(at(resource, 'Properties')), ...[at(resource, 'DependsOn')].flat().filter((id) => typeof id === 'string')])];
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap(references);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    switch (key) {
      case 'Ref': return typeof part === 'string' ? [part] : [];
      case 'Fn::GetAtt': return typeof part === 'string' ? [part.split('.')[0]] : [String(Array.isArray(part) ? part[0] : '')];
      case 'Fn::Sub': return [...namesIn(typeof part === 'string' ? part : Array.isArray(part) ? String(part[0]) : '', Array.isArray(part) ? part[1] : {}), ...references(part)];
      default: return references(part);
    }
  });
}

function namesIn(text: string, ownNames: unknown): string[] {
  return [...text.matchAll(/\$\{([^!{}.]{1,255})(?:\.[^{}]{1,255})?\}/g)].map(([, name]) => name).filter((name) => !isRecord(ownNames) || !Object.hasOwn(ownNames, name));
}
