import { OPERATOR_NAMES, operatorOf, QuantifiedOperator } from './operator';
import { ARN_PARTS, patternOf, Text } from './pattern';
import { shown, shownList } from '../private/errors';
import { nearest } from '../private/nearest';
import { isStruct } from '../private/prop-kind';
import { Unknown } from '../private/unknown';

/** What a statement asks of a key of the request. */
export interface Condition extends QuantifiedOperator {
  /** The operator as it is written. */
  readonly name: string;
  /** The key as it is written. */
  readonly key: string;
  readonly values: readonly Text[];
}

/** A statement of a policy, checked. Any text in it may have gaps, which a template alone does not fill. */
export interface PolicyStatement {
  /** Its place in the document, from 0. */
  readonly index: number;
  readonly sid?: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** `Principal` as it is written; whom it names is not judged here. */
  readonly principal?: unknown;
  readonly notPrincipal?: unknown;
  /** What `Action` lists, or with `not` what `NotAction` lists. */
  readonly actions: ElementList;
  readonly resources: ElementList;
  /** A condition that is not known at all is a gap. */
  readonly conditions: ReadonlyArray<Condition | Unknown>;
  /** Whether `${...}` stands for a value of the request. */
  readonly variables: boolean;
}

/** A list of a statement, or everything but what it lists. */
export interface ElementList {
  readonly not: boolean;
  readonly texts: readonly Text[];
}

/** A mistake in a document, or a part of it that nothing is known of. */
export interface DocumentProblem {
  /** Where it is: `Statement[1].Condition.StringNotEqual`. */
  readonly place: string;
  /** What is wrong, what was expected, what to change. */
  readonly text: string;
  /** What is not known, if that is all that is wrong. */
  readonly unknown?: readonly string[] | undefined;
}

/** A policy document: the statements that can be judged, and what is wrong with the rest. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
  readonly problems: readonly DocumentProblem[];
}

/** The version with policy variables. A document without a version is of the other. */
const WITH_VARIABLES = '2012-10-17';
const VERSIONS = ['2008-10-17', WITH_VARIABLES];
const DOCUMENT = ['Version', 'Id', 'Statement'];
const STATEMENT = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/**
 * Reads a policy document: parsed JSON, or what a template makes of one. Nothing is guessed: an element, an operator or a value that IAM
 * does not have is a problem.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicyDocument(written: unknown): PolicyDocument {
  const problems: DocumentProblem[] = [];
  const read = reader(problems);
  if (!read.object('', written, DOCUMENT)) return { statements: [], problems };
  const { Version, Statement } = written;
  if (Version !== undefined && !VERSIONS.includes(Version as string)) {
    read.problem('Version', Version, shownList(VERSIONS), `Write "${WITH_VARIABLES}".`);
  }
  const list = Array.isArray(Statement) ? Statement as unknown[] : [Statement];
  if (Statement === undefined || list.length === 0) read.problem('Statement', Statement, 'one statement or a list of them', 'Without any the policy says nothing.');
  const statements = Statement === undefined ? [] : list.flatMap((one, index) => {
    const before = problems.length;
    const statement = statementOf(one, index, Array.isArray(Statement) ? `Statement[${index}]` : 'Statement', Version === WITH_VARIABLES, read);
    return statement && problems.length === before ? [statement] : [];
  });
  for (const { sid, index } of statements) {
    const first = statements.find((other) => sid !== undefined && other.sid === sid)?.index ?? index;
    if (first !== index) read.problem(`Statement[${index}].Sid`, sid, 'one that no other statement has', `Statement[${first}] has it too: rename one of them.`);
  }
  return { statements, problems };
}

function statementOf(written: unknown, index: number, place: string, variables: boolean, read: Reader): PolicyStatement | undefined {
  if (!read.object(place, written, STATEMENT)) return undefined;
  const { Sid, Effect, Principal, NotPrincipal, Condition: conditions } = written;
  if (Sid !== undefined && typeof Sid !== 'string') read.problem(`${place}.Sid`, Sid, 'a text', 'Correct it, or leave it out.');
  if (Effect !== 'Allow' && Effect !== 'Deny') read.problem(`${place}.Effect`, Effect, '"Allow" or "Deny"', 'Write one of the two, with its capital.');
  return {
    index,
    sid: Sid === '' ? undefined : Sid as string | undefined,
    effect: Effect as 'Allow' | 'Deny',
    principal: Principal,
    notPrincipal: NotPrincipal,
    actions: listOf(written, 'Action', place, read, isAction, '"*" or a service and an action such as "bedrock:InvokeModel"'),
    resources: listOf(written, 'Resource', place, read, isResource, '"*" or an ARN of six parts such as "arn:aws:bedrock:*::foundation-model/*"'),
    conditions: conditions === undefined ? [] : conditionsOf(conditions, `${place}.Condition`, read),
    variables,
  };
}

function listOf(
  written: Record<string, unknown>, element: string, place: string, read: Reader, holds: (text: string) => boolean, expected: string): ElementList {
  const not = `Not${element}` in written;
  const name = not ? `Not${element}` : element;
  if (not === (element in written)) {
    read.problem(place, Object.keys(written), `either ${element} or Not${element}`, not ? 'Leave one of them out.' : 'Add one of them.');
  }
  return { not, texts: written[name] === undefined ? [] : read.texts(`${place}.${name}`, written[name], holds, expected) };
}

function conditionsOf(written: unknown, place: string, read: Reader): Array<Condition | Unknown> {
  if (Unknown.isUnknown(written)) return [written];
  if (!read.object(place, written)) return [];
  return Object.entries(written).flatMap(([name, keys]): Array<Condition | Unknown> => {
    const operator = operatorOf(name);
    if (!operator) {
      read.problem(`${place}.${name}`, name, 'a condition operator of IAM', `The nearest is "${nearest(name.replace(/^For\w+:|IfExists$/g, ''), [...OPERATOR_NAMES])}".`);
      return [];
    }
    if (Unknown.isUnknown(keys)) return [keys];
    if (!read.object(`${place}.${name}`, keys)) return [];
    const { takes, expected } = operator.operator === 'Null' ? { takes: isFlag, expected: '"true" or "false"' } : operator.operator;
    return Object.entries(keys).map(([key, values]) => ({
      ...operator, name, key, values: read.texts(`${place}.${name}.${key}`, values, takes, expected ?? 'texts', true),
    }));
  });
}

/** What is read of a document, each mistake kept with its place. */
interface Reader {
  problem(place: string, given: unknown, expected: string, advice: string): void;
  /** Whether it is an object, with no other names than these. */
  object(place: string, written: unknown, names?: readonly string[]): written is Record<string, unknown>;
  /** A text or a list of them; in a condition a number or a boolean is its text. */
  texts(place: string, written: unknown, holds: (text: string) => boolean, expected: string, scalars?: boolean): Text[];
}

function reader(problems: DocumentProblem[]): Reader {
  const problem: Reader['problem'] = (place, given, expected, advice) => {
    const unknown = Unknown.isUnknown(given);
    const got = given === undefined ? 'nothing' : shown(unknown ? String(given) : given);
    problems.push({ place, text: `got ${got}; expected ${expected}. ${advice}`, unknown: unknown ? given.sources : undefined });
  };
  return {
    problem,
    object: (place, written, names): written is Record<string, unknown> => {
      if (!isStruct(written)) {
        problem(place, written, 'an object', 'Write it in braces.');
        return false;
      }
      const other = names && Object.keys(written).find((name) => !names.includes(name));
      if (other !== undefined) problem(place === '' ? other : `${place}.${other}`, other, `one of ${names!.join(', ')}`, `The nearest is "${nearest(other, [...names!])}".`);
      return other === undefined;
    },
    texts: (place, written, holds, expected, scalars) => {
      const list = (Array.isArray(written) ? written as unknown[] : [written])
        .map((item) => scalars && (typeof item === 'number' || typeof item === 'boolean') ? String(item) : item);
      const wrong = list.find((item) => !Unknown.isUnknown(item) && !(typeof item === 'string' && holds(item)));
      if (wrong !== undefined || (list.length === 0 && !scalars)) problem(place, list.length === 0 ? written : wrong, expected, 'Correct it, or leave it out.');
      return list as Text[];
    },
  };
}

function isAction(text: string): boolean {
  return text === '*' || /^[a-z0-9*?-]+:[^\s:]+$/i.test(text);
}

/** A policy variable may hold colons, which divide nothing. */
function isResource(text: string): boolean {
  return text === '*' || (text.startsWith('arn:') && patternOf(text, { variables: () => '' })!.colons.length >= ARN_PARTS - 1);
}

function isFlag(text: string): boolean {
  return text === 'true' || text === 'false';
}
