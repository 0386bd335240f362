import { scpProblems } from './scp-document';
import { matches, patternOf } from '../iam/pattern';
import { Condition, PolicyStatement, readPolicyDocument } from '../iam/policy-document';
import { DenyStatement, numbered } from '../policy/scp-rules';
import { BATCH_ACTION, INVOKE_ACTIONS } from '../policy/statement';
import { HaikuError, shown } from '../private/errors';
import { Unknown } from '../private/unknown';
import { foundationModelArn } from '../routing/arn';
import { InferenceRoute, modelArnsOf } from '../routing/route';

/** What a Region deny lets through besides its Regions. */
export interface RegionDenyExceptions {
  readonly allowedRegions: readonly string[];
  /** Actions that no Region is asked for, such as those of global services. */
  readonly exemptedActions: readonly string[];
  /** Principals that no Region is asked for. */
  readonly exemptedPrincipalArns: readonly string[];
}

/** The actions that AWS's own sample takes out of a Region deny for cross-Region inference. */
export const CARVED_OUT: readonly string[] = [...INVOKE_ACTIONS, BATCH_ACTION];

const REGION_KEY = 'aws:requestedregion';
const PROFILE_KEY = 'bedrock:InferenceProfileArn';
type Conditions = NonNullable<DenyStatement['Condition']>;

/**
 * A document of service control policies whose Region denies let these routes through and nothing else: the actions of inference are taken
 * out of them, and further statements bind these to the Regions as before, or to the profiles of the routes. All other statements stay as
 * they are.
 *
 * Throws if the text is no such document, or none of its statements denies Regions.
 *
 * @see https://github.com/aws-samples/service-control-policy-examples/blob/main/Region-controls/Deny-access-to-AWS-based-on-the-requested-AWS-region-with-Bedrock-CRIS.json
 */
export function patchedRegionDeny(text: string, routes: readonly InferenceRoute[]): DenyStatement[] {
  const written = parsed(text);
  const read = readPolicyDocument(written);
  const [problem] = [...read.problems, ...scpProblems(read)];
  if (problem) throw new HaikuError(`The service control policy is not valid at ${problem.place || 'its root'}: ${problem.text}`);
  const statements = [(written as { Statement: DenyStatement | DenyStatement[] }).Statement].flat();
  const denies = read.statements.filter(isRegionDeny);
  if (denies.length === 0) {
    throw new HaikuError(
      `The service control policy denies no Regions, got ${shown(statements.map(({ Sid }) => Sid))}; expected a Deny of NotAction on every resource with StringNotEquals aws:RequestedRegion. `
      + 'Pass the document that has it, or make a Region deny of your own with ServiceControlRule.regionDeny(...).');
  }
  const taken = new Set(statements.flatMap(({ Sid }) => Sid ?? []));
  const bound = denies.map(({ index }) => index);
  return [
    ...statements.map((statement, index) => bound.includes(index) ? withNotAction(statement, missingFrom(statement)) : statement),
    ...denies.flatMap(({ index }) => binding(statements[index].Condition!, missingFrom(statements[index]), routes, taken)),
  ];
}

/** A Region deny that lets these routes through. */
export function freshRegionDeny(exceptions: RegionDenyExceptions, routes: readonly InferenceRoute[]): DenyStatement[] {
  const condition = conditionOf(exceptions);
  return [
    { Sid: 'DenyOtherRegions', Effect: 'Deny', NotAction: [...exceptions.exemptedActions, ...CARVED_OUT].sort(), Resource: ['*'], Condition: condition },
    ...binding(condition, CARVED_OUT, routes, new Set()),
  ];
}

/** What binds the actions that a control of AWS Control Tower exempts, and so leaves open, to its Regions and to these routes. */
export function bindingStatements(exceptions: RegionDenyExceptions, routes: readonly InferenceRoute[]): DenyStatement[] {
  return binding(conditionOf(exceptions), CARVED_OUT, routes, new Set());
}

/**
 * Denies actions as the Region deny did from which they are taken, but for calls through the profiles of the routes. What starts a batch
 * job has no condition key for a profile: there the models of the routes are let through, where they may run.
 */
function binding(condition: Conditions, actions: readonly string[], routes: readonly InferenceRoute[], taken: Set<string>): DenyStatement[] {
  const profiles = unique(routes.map((route) => route.inferenceProfileArn('*')));
  const models = routes.flatMap(({ _reach: reach, sourceRegion, _card: { modelId }, _partition: partition }) => [
    ...modelArnsOf(reach), foundationModelArn(sourceRegion, modelId, partition),
  ]);
  const jobs = routes.map(({ _partition: partition, sourceRegion }) => `arn:${partition}:bedrock:${sourceRegion}:*:model-invocation-job/*`);
  const statement = (sid: string, only: readonly string[], but: string[], when: Conditions): DenyStatement[] => {
    const bound = only.filter((action) => actions.includes(action));
    return bound.length === 0 ? [] : [{ Sid: free(sid, taken), Effect: 'Deny', Action: bound, NotResource: but, Condition: when }];
  };
  return [
    // Whether the key is there while the profile itself is checked AWS does not say, so that is let through by its ARN.
    ...statement('DenyInferenceOutsideRoutes', INVOKE_ACTIONS, profiles, {
      ...condition, ArnNotLike: { ...condition.ArnNotLike, [PROFILE_KEY]: unique([...sparedProfiles(condition), ...profiles]) },
    }),
    ...statement('DenyBatchOutsideRoutes', [BATCH_ACTION], unique([...profiles, ...models, ...jobs]), condition),
  ];
}

function isRegionDeny({ effect, actions, resources, conditions }: PolicyStatement): boolean {
  const asks = (condition: Condition | Unknown) => !Unknown.isUnknown(condition) && condition.key.toLowerCase() === REGION_KEY
    && condition.operator !== 'Null' && condition.operator.negated;
  return effect === 'Deny' && actions.not && !resources.not && resources.texts.includes('*') && conditions.some(asks);
}

/** The actions that a Region deny does not spare yet. */
function missingFrom({ NotAction = [] }: DenyStatement): string[] {
  const spared = [NotAction].flat();
  const pattern = (text: string, wildcards: boolean) => patternOf(text, { wildcards, ignoreCase: true })!;
  return CARVED_OUT.filter((action) => !spared.some((text) => matches(pattern(text, true), pattern(action, false)) === true));
}

function withNotAction(statement: DenyStatement, more: readonly string[]): DenyStatement {
  return { ...statement, NotAction: [...[statement.NotAction ?? []].flat(), ...more] };
}

function sparedProfiles({ ArnNotLike = {} }: Conditions): string[] {
  return Object.entries(ArnNotLike).filter(([key]) => key.toLowerCase() === PROFILE_KEY.toLowerCase()).flatMap(([, values]) => values);
}

function conditionOf({ allowedRegions, exemptedPrincipalArns }: RegionDenyExceptions): Conditions {
  return {
    StringNotEquals: { 'aws:RequestedRegion': [...allowedRegions] },
    ...exemptedPrincipalArns.length > 0 && { ArnNotLike: { 'aws:PrincipalArn': [...exemptedPrincipalArns] } },
  };
}

/** A Sid that no other statement has. */
function free(sid: string, taken: Set<string>): string {
  let index = 0;
  while (taken.has(numbered(sid, index))) index++;
  taken.add(numbered(sid, index));
  return numbered(sid, index);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HaikuError(`The service control policy is not JSON: ${(error as Error).message}; expected its document. Correct it.`);
  }
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
