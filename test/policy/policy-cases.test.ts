import { App, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { CaseAccess, caseProblems, PolicyCase, policyCases } from './policy-case';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, InferenceRouter, InferenceRouting, InRegionInference, ModelCatalog } from '../../src';
import { mantleStatements, routeStatements } from '../../src/policy/invoke-statements';
import { policyDocument } from '../../src/policy/statement';
import { mantleProjectArn } from '../../src/routing/arn';
import { PolicyDocument, PolicySimulator } from '../iam/policy-simulator';
import { rolePolicies } from '../kit/policies';

const CASES = policyCases();

test('there is a case for each inference option', () => {
  expect(new Set(CASES.map(([, { access }]) => access.option))).toEqual(new Set(['geo', 'sourceGeography', 'global', 'in-region']));
  expect(CASES.length).toBeGreaterThanOrEqual(14);
});

describe.each(CASES)('%s', (_, policyCase) => {
  let granted: PolicyDocument;
  beforeAll(() => { granted = synthesized(policyCase.access); });

  test('has the form of a case', () => {
    expect(caseProblems(policyCase)).toEqual([]);
  });

  test('the policy is exactly this one', () => {
    expect(purePolicy(policyCase.access)).toEqual(policyCase.policy);
  });

  test('the policy of a role that was granted the construct is exactly this one, as CDK writes it', () => {
    expect(granted).toEqual(shortened(policyCase.policy));
  });

  test.each(policyCase.decisions.map((decision) => [decision.expect, decision.action, decision.resource, decision.why, decision] as const))(
    '%s: %s on %s. %s', (expected, _action, _resource, _why, decision) => {
      for (const policy of [policyCase.policy, granted]) {
        const { decision: decided, reason } = new PolicySimulator(policy).decide(decision);
        expect({ decided, reason }).toEqual({ decided: expected, reason });
      }
    });
});

test.each<[string, (valid: PolicyCase) => unknown, string[]]>([
  ['an unknown field', (valid) => ({ ...valid, decision: [] }), ['case.decision: unknown field']],
  ['an unknown field of the access', (valid) => ({ ...valid, access: { ...valid.access, region: 'eu-west-2' } }), ['access.region: unknown field']],
  ['a misspelt field of a decision', (valid) => ({ ...valid, decisions: [...valid.decisions, { ...valid.decisions[0], expect: undefined, expected: 'denied' }] }),
    [`decisions[${CASES[0][1].decisions.length}].expected: unknown field`, `decisions[${CASES[0][1].decisions.length}].expect: missing`]],
  ['another expectation', (valid) => ({ ...valid, decisions: valid.decisions.map((row, i) => i === 0 ? { ...row, expect: 'Allowed' } : row) }),
    ['decisions[0].expect: not valid']],
  ['no reason', (valid) => ({ ...valid, decisions: valid.decisions.map((row, i) => i === 0 ? { ...row, why: ' ' } : row) }), ['decisions[0].why: not valid']],
  ['nothing denied', (valid) => ({ ...valid, decisions: valid.decisions.filter(({ expect: expected }) => expected === 'allowed') }), ['decisions: none is denied']],
  ['no decisions', (valid) => ({ ...valid, decisions: [] }), ['case.decisions: not valid']],
  ['a list', () => [], ['case: not an object']],
])('a case with %s is refused', (_, change, problems) => {
  expect(caseProblems(change(CASES[0][1]))).toEqual(problems);
});

function routingOf({ option, geography }: CaseAccess): InferenceRouting {
  if (option === 'global') return InferenceRouting.globalCrossRegion();
  return option === 'geo' ? InferenceRouting.geo(Geography.of(geography!)) : InferenceRouting.sourceGeography();
}

function applicationProfileArn({ sourceRegion, account, applicationProfileId }: CaseAccess): string {
  return `arn:aws:bedrock:${sourceRegion}:${account}:application-inference-profile/${applicationProfileId}`;
}

function purePolicy(access: CaseAccess): unknown {
  const card = ModelCatalog.require(access.model);
  if (access.option === 'in-region') {
    const projectArn = mantleProjectArn(access.sourceRegion, access.account, access.projectId!);
    return policyDocument(mantleStatements({ projectArn, mantleModelId: card.mantleModelId! }));
  }
  const route = InferenceRouter.route({ model: card, routing: routingOf(access), sourceRegion: access.sourceRegion }).route!;
  return policyDocument(routeStatements(route, access.account, {
    applicationProfileArn: access.applicationProfileId ? applicationProfileArn(access) : undefined,
  }));
}

function synthesized(access: CaseAccess): PolicyDocument {
  const { account, sourceRegion: region } = access;
  const stack = new Stack(new App(), 'Stack', { env: { account, region } });
  const role = new Role(stack, 'Role', { assumedBy: new AccountPrincipal(account) });
  const model = ModelCatalog.require(access.model);
  let attributes: Record<string, string> | undefined;
  if (access.option === 'in-region') {
    new InRegionInference(stack, 'Model', { model, projectId: access.projectId }).grants.invoke(role);
  } else {
    const profile = new CrossRegionInferenceProfile(stack, 'Model', { model, routing: routingOf(access) });
    if (access.applicationProfileId) {
      const application = new ApplicationInferenceProfile(stack, 'Application', { copyFrom: profile });
      application.grants.invoke(role);
      attributes = { [`${stack.getLogicalId(application.node.defaultChild as never)}.InferenceProfileArn`]: applicationProfileArn(access) };
    } else {
      profile.grants.invoke(role);
    }
  }
  const [policy, ...more] = rolePolicies(stack, stack.getLogicalId(role.node.defaultChild as never), { account, region, attributes });
  expect(more).toEqual([]);
  return policy;
}

/** CDK writes a list of one as its element. */
function shortened(policy: PolicyDocument): unknown {
  return JSON.parse(JSON.stringify(policy), (key, value) =>
    ['Action', 'Resource'].includes(key) && Array.isArray(value) && value.length === 1 ? value[0] : value);
}
