import { Condition, PolicyStatement } from '../iam/policy-document';
import { Caller } from '../organization/caller';
import { Organization } from '../organization/organization';
import { Barrier, JudgedCheck, Reach } from '../organization/reach';
import { MOST_CHARACTERS } from '../organization/scp-document';
import { shown, shownList } from '../private/errors';
import { Unknown } from '../private/unknown';

/** The keys that tell who calls. */
const CALLER = /^aws:(?:principal|user)/i;

/** Checks that end at the same place, or may. */
export interface SharedBarrier {
  readonly barrier: Barrier;
  readonly checks: readonly JudgedCheck[];
}

/** The checks that do not pass, or may not, those of one statement together. */
export function barriersOf({ checks }: Reach): SharedBarrier[] {
  const found: Array<{ barrier: Barrier; checks: JudgedCheck[] }> = [];
  for (const check of checks) {
    const { barrier } = check;
    if (!barrier) continue;
    const same = found.find(({ barrier: other }) => (['level', 'policy', 'statement'] as const).every((part) => other[part] === barrier[part]));
    if (same) same.checks.push(check);
    else found.push({ barrier, checks: [check] });
  }
  return found;
}

/** What blocks checks, or may, and what to change there. `nameCaller` says how to name the caller, if nobody did. */
export function barrierText({ barrier, checks }: SharedBarrier, nameCaller?: string): string {
  const { level, policy, statement, unknown } = barrier;
  const [{ check: { action } }] = checks;
  const where = placesOf(checks);
  if (!policy || !statement) {
    return `No policy at ${shown(level.name)} allows ${action} ${where}, and each level must. Attach one there that does, such as FullAWSAccess.`;
  }
  const asked = statement.conditions.map(conditionText).join(' and ');
  const named = `${statementName(statement)} of ${shown(policy.name)} at ${shown(level.name)}`;
  if (!unknown) return `${named} denies ${action} ${where}${asked && `: it asks for ${asked}`}. ${remedy(statement, checks)}`;
  const advice = nameCaller !== undefined && unknown.some((key) => CALLER.test(key)) ? ` ${nameCaller}` : '';
  return `${named} may ${statement.effect === 'Deny' ? 'deny' : 'allow'} ${action} ${where}, which depends on ${unknown.join(', ')}: it asks for ${asked}.${advice}`;
}

/** What a reader must know of an answer besides. */
export function reachNotes({ levels }: Organization, { unbound }: Reach, { roleOfSession }: Caller): string[] {
  return [
    ...unbound ? [`Service control policies do not bind a ${unbound}.`] : [],
    ...roleOfSession === undefined ? [] : [`The ARN of a session does not tell the path of its role: ${shown(roleOfSession)} is taken to have none. Name the role itself if it has one.`],
    ...levels.flatMap((level) => level.policies.filter(({ characters }) => characters > MOST_CHARACTERS).map(({ name, characters }) =>
      `Policy ${shown(name)} at ${shown(level.name)} is longer than a service control policy may be, got ${characters} characters; expected at most ${MOST_CHARACTERS}. `
      + 'It is judged as it stands.')),
  ];
}

function statementName({ sid, index }: PolicyStatement): string {
  return `Statement ${sid === undefined ? index : shown(sid)}`;
}

function placesOf(checks: readonly JudgedCheck[]): string {
  const regionsOf = (profile: boolean) => checks.filter(({ check }) => isProfile(check) === profile).map(({ check }) => check.region);
  const [profiles, models] = [regionsOf(true), regionsOf(false)];
  return [
    ...profiles.length > 0 ? [`on the inference profile in ${shownList(profiles)}`] : [],
    ...models.length > 0 ? [`on the model in ${shownList(models)}`] : [],
  ].join(' and ');
}

function isProfile({ resource }: JudgedCheck['check']): boolean {
  return resource.toString().includes('inference-profile/');
}

function conditionText(condition: Condition | Unknown): string {
  if (Unknown.isUnknown(condition)) return 'a condition that is not known';
  const { name, key, values } = condition;
  return `${name} ${key} ${shown(values.length === 1 ? String(values[0]) : values.map(String))}`;
}

/** Where the statement spares something, that is where to add to. */
function remedy({ actions, conditions }: PolicyStatement, checks: readonly JudgedCheck[]): string {
  const [{ check: { action } }] = checks;
  const spares = (key: string) => conditions.some((condition) => !Unknown.isUnknown(condition) && condition.key.toLowerCase() === key.toLowerCase()
    && condition.operator !== 'Null' && condition.operator.negated);
  const ways = [
    ...spares('aws:RequestedRegion') ? [`add ${shownList(new Set(checks.map(({ check }) => check.region)))} to its aws:RequestedRegion`] : [],
    ...spares('bedrock:InferenceProfileArn') && !checks.some(({ check }) => isProfile(check)) ? ['add the inference profile to its bedrock:InferenceProfileArn'] : [],
    actions.not ? `add ${action} to its NotAction` : `take ${action} out of its Action`,
  ];
  const text = ways.join(', or ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
