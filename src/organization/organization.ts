import { duplicateName } from './duplicate-name';
import { scpProblems } from './scp-document';
import { PolicyDocument, readPolicyDocument } from '../iam/policy-document';
import { HaikuError, shown } from '../private/errors';
import { isStruct } from '../private/prop-kind';
import type { TextFileKind } from '../private/text-file';

/** The service control policies that bind an account, and whose they are. */
export interface Organization {
  /** The ID of the organization, `o-a1b2c3d4e5`, if the file has it. */
  readonly id?: string | undefined;
  /** The account that no policy binds, if the file has it. */
  readonly managementAccount?: string | undefined;
  /** The root first, then each organizational unit down to the account, which is the last. */
  readonly levels: readonly OrganizationLevel[];
}

/** What is attached to the root, an organizational unit or the account. */
export interface OrganizationLevel {
  readonly name: string;
  readonly policies: readonly AttachedPolicy[];
}

export interface AttachedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
  /** How long the policy is without spaces that say nothing. */
  readonly characters: number;
}

/** How messages speak of such a file. */
export const ORGANIZATION_FILE_TEXT: TextFileKind = {
  expected: 'a file of the service control policies of an account',
  content: 'JSON',
  advice: 'The command npx cdk-bedrock-haiku reach --save-organization <file> writes such a file.',
};

/**
 * Reads the text of an organization file: `{"levels":[{"name":"Root","policies":[{"name":"FullAWSAccess","document":{...}}]}]}`, the root
 * first. A document is JSON, or JSON in a text, as the Organizations API returns it.
 *
 * Throws with every problem at once.
 *
 * @param path - where the text comes from, for the message
 */
export function readOrganization(text: string, path: string): Organization {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new HaikuError(`Organization file is not JSON, got ${shown(path)}: ${(error as Error).message}; expected {"levels":[...]}, the root first. Correct it there.`);
  }
  const problems: string[] = [];
  const organization = organizationOf(file, problems);
  const twice = duplicateName(text);
  if (twice) problems.push(`line ${twice.line}: got ${shown(twice.name)} twice in one object; expected each name once, as AWS does. Put their values together.`);
  if (problems.length === 0) return organization;
  throw new HaikuError([`Organization file is not valid, got ${shown(path)}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
}

function organizationOf(file: unknown, problems: string[]): Organization {
  const { id, managementAccount, levels } = isStruct(file) ? file as Record<string, unknown> : {};
  const list = listOf(levels, 'levels', 'the root, each organizational unit and the account, the root first', problems);
  if (id !== undefined && typeof id !== 'string') problems.push(`id: got ${shown(id)}; expected the ID of the organization. Correct it, or leave it out.`);
  if (managementAccount !== undefined && !/^\d{12}$/.test(String(managementAccount))) {
    problems.push(`managementAccount: got ${shown(managementAccount)}; expected an account ID of 12 digits. Correct it, or leave it out.`);
  }
  return {
    id: id as string | undefined,
    managementAccount: managementAccount as string | undefined,
    levels: list.map((level, index) => levelOf(level, index, problems)),
  };
}

function levelOf(written: unknown, index: number, problems: string[]): OrganizationLevel {
  const { name, policies } = isStruct(written) ? written as Record<string, unknown> : {};
  const place = typeof name === 'string' ? `Level ${shown(name)}` : `levels[${index}]`;
  if (typeof name !== 'string') problems.push(`${place}.name: got ${shown(name)}; expected the name of the root, organizational unit or account. Add it.`);
  // AWS lets no level be without a policy, so the file has lost it.
  const list = listOf(policies, `${place}, policies`, 'at least one policy, such as FullAWSAccess', problems);
  return { name: String(name), policies: list.map((policy, number) => policyOf(policy, number, place, problems)) };
}

function policyOf(written: unknown, index: number, level: string, problems: string[]): AttachedPolicy {
  const { name, document } = isStruct(written) ? written as Record<string, unknown> : {};
  const place = `${level}, ${typeof name === 'string' ? `policy ${shown(name)}` : `policies[${index}]`}`;
  if (typeof name !== 'string') problems.push(`${place}.name: got ${shown(name)}; expected the name of the policy. Add it.`);
  const parsed = parsedOf(document, place, problems);
  const read = readPolicyDocument(parsed);
  if (parsed !== undefined) {
    for (const { place: inside, text } of [...read.problems, ...scpProblems(read)]) problems.push(`${place}${inside && `, ${inside}`}: ${text}`);
  }
  return { name: String(name), document: read, characters: (JSON.stringify(parsed) ?? '').length };
}

function parsedOf(document: unknown, place: string, problems: string[]): unknown {
  if (document === undefined) problems.push(`${place}, document: got no document; expected the policy, an object. Add it.`);
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as unknown;
  } catch (error) {
    problems.push(`${place}, document: got a text that is not JSON (${(error as Error).message}); expected the policy. Correct it.`);
    return undefined;
  }
}

function listOf(written: unknown, place: string, expected: string, problems: string[]): unknown[] {
  if (Array.isArray(written) && written.length > 0) return written;
  problems.push(`${place}: got ${shown(written)}; expected ${expected}. Write a list.`);
  return [];
}
