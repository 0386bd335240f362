import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { PolicyDocument } from '../iam/policy-simulator';

/** What is asked for. */
export interface CaseAccess {
  readonly option: 'geo' | 'sourceGeography' | 'global' | 'in-region';
  readonly geography?: string;
  readonly sourceRegion: string;
  readonly account: string;
  readonly model: string;
  readonly applicationProfileId?: string;
  readonly projectId?: string;
}

/** What IAM must answer, and why that is right. */
export interface CaseDecision {
  readonly action: string;
  readonly resource: string;
  readonly context: Record<string, string>;
  readonly expect: 'allowed' | 'denied';
  readonly why: string;
}

/** One situation as a security reviewer reads it: a sentence, the access, the exact policy, and what it allows and denies. */
export interface PolicyCase {
  readonly situation: string;
  readonly access: CaseAccess;
  readonly policy: PolicyDocument;
  readonly decisions: CaseDecision[];
}

/** A field that is required (a check of its value) or optional (marked with `?` in its name). */
const CASE = { situation: text, access: object, policy: object, decisions: list };
const ACCESS = {
  'option': oneOf('geo', 'sourceGeography', 'global', 'in-region'),
  'geography?': text,
  'sourceRegion': text,
  'account': text,
  'model': text,
  'applicationProfileId?': text,
  'projectId?': text,
};
const POLICY = { Version: oneOf('2012-10-17'), Statement: list };
const DECISION = { action: text, resource: text, context: object, expect: oneOf('allowed', 'denied'), why: text };

const FOLDER = join(__dirname, 'cases');

export function policyCases(): Array<[string, PolicyCase]> {
  return readdirSync(FOLDER).sort().map((file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]);
}

/** Everything that is wrong with the form of a case: a misspelt field would otherwise be a check that never runs. */
export function caseProblems(value: unknown): string[] {
  const problems = fieldProblems('case', value, CASE);
  if (problems.length > 0) return problems;
  const { access, policy, decisions } = value as PolicyCase;
  return [
    ...fieldProblems('access', access, ACCESS),
    ...fieldProblems('policy', policy, POLICY),
    ...decisions.flatMap((decision, index) => fieldProblems(`decisions[${index}]`, decision, DECISION)),
    ...(['allowed', 'denied'] as const).filter((expected) => !decisions.some(({ expect }) => expect === expected))
      .map((expected) => `decisions: none is ${expected}`),
  ];
}

type Check = (value: unknown) => boolean;

function fieldProblems(where: string, value: unknown, fields: Record<string, Check>): string[] {
  if (!object(value)) return [`${where}: not an object`];
  const known = Object.entries(fields).map(([name, check]) => ({ name: name.replace('?', ''), check, optional: name.endsWith('?') }));
  return [
    ...Object.keys(value as object).filter((name) => !known.some((field) => field.name === name)).map((name) => `${where}.${name}: unknown field`),
    ...known.flatMap(({ name, check, optional }) => {
      const given = (value as Record<string, unknown>)[name];
      if (given === undefined) return optional ? [] : [`${where}.${name}: missing`];
      return check(given) ? [] : [`${where}.${name}: not valid`];
    }),
  ];
}

function text(value: unknown): boolean { return typeof value === 'string' && value.trim() !== ''; }
function object(value: unknown): boolean { return typeof value === 'object' && value !== null && !Array.isArray(value); }
function list(value: unknown): boolean { return Array.isArray(value) && value.length > 0; }
function oneOf(...values: string[]): Check { return (value) => values.includes(value as string); }
