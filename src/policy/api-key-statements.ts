import { Statement } from './statement';

/** The two services that take API keys; each has an action and a condition key of its own. */
const SERVICES = ['bedrock', 'bedrock-mantle'] as const;

export type ApiKeyService = typeof SERVICES[number];

/** The kinds of API keys, as the condition keys name them. */
export type ApiKeyKind = 'SHORT_TERM' | 'LONG_TERM';

/** Make a long-term key. As all credentials for one service, it belongs to an IAM user. */
const CREATE_KEY = 'iam:CreateServiceSpecificCredential';
const OF_BEDROCK = { 'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com' };
const AGE_IN_DAYS = 'iam:ServiceSpecificCredentialAgeDays';

/**
 * Lets an API key of one kind be used at a service, which asks for it besides what the call itself needs.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html
 */
export function useKeyStatement(service: ApiKeyService, kind: ApiKeyKind): Statement {
  return { Effect: 'Allow', Action: [useOf(service)], Resource: ['*'], Condition: { StringEquals: { [kindKeyOf(service)]: kind } } };
}

/** Lets long-term keys be made for a user that expire after so many days at the latest. One that never expires has no age, and meets no condition on it. */
export function createKeyStatement(userArn: string, days: number): Statement {
  return { Effect: 'Allow', Action: [CREATE_KEY], Resource: [userArn], Condition: { StringEquals: OF_BEDROCK, NumericLessThanEquals: { [AGE_IN_DAYS]: String(days) } } };
}

/** Denies the use of every API key at both services, and to make long-term ones. */
export function denyKeyStatements(): Statement[] {
  return [deny('DenyMakingApiKeys', [CREATE_KEY], { StringEquals: OF_BEDROCK }), deny('DenyApiKeys', SERVICES.map(useOf))];
}

/** Denies the use of long-term API keys at both services, and to make them. */
export function denyLongTermKeyStatements(): Statement[] {
  return [
    deny('DenyMakingApiKeys', [CREATE_KEY], { StringEquals: OF_BEDROCK }),
    ...SERVICES.map((service) => deny(service === 'bedrock' ? 'DenyLongTermApiKeys' : 'DenyLongTermApiKeysOnMantle', [useOf(service)],
      { StringEquals: { [kindKeyOf(service)]: 'LONG_TERM' } })),
  ];
}

/** Denies to make long-term API keys that expire later than after so many days, or never. */
export function denyOldKeyStatements(days: number): Statement[] {
  return [
    deny('DenyApiKeysThatLastLonger', [CREATE_KEY], { StringEquals: OF_BEDROCK, NumericGreaterThan: { [AGE_IN_DAYS]: String(days) } }),
    deny('DenyApiKeysThatNeverExpire', [CREATE_KEY], { StringEquals: OF_BEDROCK, Null: { [AGE_IN_DAYS]: 'true' } }),
  ];
}

function useOf(service: ApiKeyService): string {
  return `${service}:CallWithBearerToken`;
}

function kindKeyOf(service: ApiKeyService): string {
  return `${service}:bearerTokenType`;
}

function deny(Sid: string, Action: string[], Condition?: Statement['Condition']): Statement {
  return { Sid, Effect: 'Deny', Action, Resource: ['*'], ...(Condition && { Condition }) };
}
