import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnGuardrail } from 'aws-cdk-lib/aws-bedrock';
import { Stack } from 'aws-cdk-lib/core';
import { EnforcedGuardrail, GuardedContent, GuardrailEnforcement, ModelCard, OrganizationGuardrail, OrganizationGuardrailProps } from '../../src';
import { ACCOUNT, stackIn } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const REGION = 'eu-west-1';
const arnIn = (region: string) => `arn:aws:bedrock:${region}:${ACCOUNT}:guardrail/a1b2c3`;
const GUARDRAIL = { guardrailArn: arnIn(REGION), guardrailVersion: '3' };
const env = { account: ACCOUNT, region: REGION };

describe('in an account', () => {
  const made = (props: Partial<GuardrailEnforcement> = {}) => {
    const stack = stackIn(REGION);
    new EnforcedGuardrail(stack, 'Enforced', { ...GUARDRAIL, ...props });
    return Object.values(Template.fromStack(stack).findResources('AWS::Bedrock::EnforcedGuardrailConfiguration')).map(({ Properties }) => Properties as object);
  };

  test('everything is looked at, of every model', () => {
    expect(made()).toEqual([{
      GuardrailIdentifier: GUARDRAIL.guardrailArn, GuardrailVersion: '3', SelectiveContentGuarding: { System: 'COMPREHENSIVE', Messages: 'COMPREHENSIVE' },
    }]);
  });

  test('unless something is left out', () => {
    expect(made({ systemPrompts: GuardedContent.SELECTIVE, excludedModels: [ModelCard.CLAUDE_HAIKU_4_5] })).toEqual([expect.objectContaining({
      SelectiveContentGuarding: { System: 'SELECTIVE', Messages: 'COMPREHENSIVE' },
      ModelEnforcement: { IncludedModels: ['ALL'], ExcludedModels: ['anthropic.claude-haiku-4-5-20251001-v1:0'] },
    })]);
    expect(made({ includedModels: [ModelCard.CLAUDE_HAIKU_4_5] })).toEqual([expect.objectContaining({
      ModelEnforcement: { IncludedModels: ['anthropic.claude-haiku-4-5-20251001-v1:0'], ExcludedModels: [] },
    })]);
  });

  test.each<[object, string]>([
    [{ guardrailVersion: 'DRAFT' }, 'guardrailVersion is not a version that can be enforced, got "DRAFT"; expected a number from "1" to "99999999". Publish a version, and name its number.'],
    [{ guardrailArn: arnIn('us-east-1') }, `guardrailArn is of another Region, got "${arnIn('us-east-1')}"; expected one in "eu-west-1", where the stack enforces it. Enforce it in a stack of its Region.`],
    [{ guardrailArn: 'a1b2c3' }, 'guardrailArn is not the ARN of a guardrail, got "a1b2c3"; expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>", without a version. '
      + 'Name the guardrail by its ARN; the version is a prop of its own.'],
  ])('%j is refused', (props, message) => {
    expect(failures((scope) => new EnforcedGuardrail(scope, 'Enforced', { ...GUARDRAIL, ...props }), env)).toEqual(everywhere(message));
  });
});

describe('in an organization', () => {
  const ORGANIZATION = { enforcements: [GUARDRAIL], organizationId: 'o-a1b2c3d4e5' };
  const made = (props: Partial<OrganizationGuardrailProps> = {}) => {
    const stack = stackIn(REGION);
    new OrganizationGuardrail(stack, 'Guardrails', { ...ORGANIZATION, ...props });
    return stack;
  };

  test('the policy enforces one guardrail in each Region, as AWS writes such a policy', () => {
    const enforcements = [{ ...GUARDRAIL, messages: GuardedContent.SELECTIVE }, { guardrailArn: arnIn('us-east-1'), guardrailVersion: '1', excludedModels: [ModelCard.CLAUDE_HAIKU_4_5] }];
    const all = (system: string, messages: string, identifier: string, excluded: string[]) => ({
      enforced: {
        identifier: { '@@assign': identifier },
        selective_content_guarding: { system: { '@@assign': system }, messages: { '@@assign': messages } },
        model_enforcement: { included_models: { '@@assign': ['ALL'] }, excluded_models: { '@@assign': excluded } },
      },
    });
    Template.fromStack(made({ enforcements, targetIds: ['ou-ab12-cdefgh34'] })).hasResourceProperties('AWS::Organizations::Policy', {
      Name: 'Guardrails',
      Type: 'BEDROCK_POLICY',
      TargetIds: ['ou-ab12-cdefgh34'],
      Content: {
        bedrock: {
          guardrail_inference: {
            'eu-west-1': all('comprehensive', 'selective', `${arnIn('eu-west-1')}:3`, []),
            'us-east-1': all('comprehensive', 'comprehensive', `${arnIn('us-east-1')}:1`, [ModelCard.CLAUDE_HAIKU_4_5.modelId]),
          },
        },
      },
    });
  });

  test('the guardrail of the stack\'s Region is shared, and of others a warning says how', () => {
    const stack = made({ enforcements: [GUARDRAIL, { ...GUARDRAIL, guardrailArn: arnIn('us-east-1') }] });
    const statement = (arn: string) => ({
      Effect: 'Allow', Principal: '*', Action: ['bedrock:GetGuardrail', 'bedrock:ApplyGuardrail'], Resource: [arn], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Bedrock::ResourcePolicy', {
      ResourceArn: arnIn(REGION), PolicyDocument: { Version: '2012-10-17', Statement: [statement(arnIn(REGION))] },
    });
    Template.fromStack(stack).resourceCountIs('AWS::Bedrock::ResourcePolicy', 1);
    const [warning] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('OrganizationGuardrail.notShared'));
    const text = String(warning.entry.data);
    expect(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))).toEqual({ Version: '2012-10-17', Statement: [statement(arnIn('us-east-1'))] });
  });

  test('a guardrail of the same stack is of its Region', () => {
    const stack = stackIn(REGION);
    const { attrGuardrailArn: guardrailArn } = new CfnGuardrail(stack, 'Guardrail', { name: 'g', blockedInputMessaging: 'No.', blockedOutputsMessaging: 'No.' });
    new OrganizationGuardrail(stack, 'Guardrails', { ...ORGANIZATION, enforcements: [{ guardrailArn, guardrailVersion: '1' }] });
    Template.fromStack(stack).hasResourceProperties('AWS::Bedrock::ResourcePolicy', { ResourceArn: { 'Fn::GetAtt': ['Guardrail', 'GuardrailArn'] } });
  });

  test.each<[object, string]>([
    [{ enforcements: [] }, 'enforcements is not a list with anything in it, got []; expected a guardrail for each Region. Name at least one.'],
    [{ enforcements: [GUARDRAIL, GUARDRAIL] }, 'enforcements have two guardrails of one Region, got "eu-west-1" twice; expected one in each, since AWS enforces no more. Leave one of them out.'],
    [{ organizationId: '123' }, 'organizationId is not the ID of an organization, got "123"; expected one such as "o-a1b2c3d4e5". The console of AWS Organizations shows it.'],
    [{ enforcements: [{ ...GUARDRAIL, includedModels: Array.from({ length: 300 }, () => ModelCard.CLAUDE_HAIKU_4_5) }] },
      'enforcements are too long for a policy, got 13248 characters; expected at most 10000. Name fewer models, or make several policies.'],
  ])('%# is refused', (props, message) => {
    expect(failures((scope) => new OrganizationGuardrail(scope, 'Guardrails', { ...ORGANIZATION, ...props }), env)).toEqual(everywhere(message));
  });

  test('a guardrail whose Region is not known', () => {
    expect(failures((scope) => {
      const { attrGuardrailArn: guardrailArn } = new CfnGuardrail(Stack.of(scope), 'Guardrail', { name: 'g', blockedInputMessaging: 'No.', blockedOutputsMessaging: 'No.' });
      return new OrganizationGuardrail(scope, 'Guardrails', { ...ORGANIZATION, enforcements: [{ guardrailArn, guardrailVersion: '1' }] });
    }).new).toBe('enforcements have a guardrail whose Region is known only when it is deployed, got an unresolved token; expected its ARN, or a stack with a Region. '
      + 'The policy names the Region: give the stack an env.');
  });
});
