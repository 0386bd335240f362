import { BATCH_ACTION, INVOKE_ACTIONS, MANTLE_INVOKE_ACTION, Statement } from './statement';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';

// What an organization can deny with a service control policy. Each rule denies what its first Sid says and nothing else. It names what may
// pass rather than what may not, so that a geography, profile or Region that AWS adds is denied too. An application inference profile does
// not tell by its ARN what it copies: its calls are judged where the model is checked.

/** A statement of a service control policy that denies. */
export interface DenyStatement extends Omit<Statement, 'Action' | 'Resource'> {
  readonly Effect: 'Deny';
  readonly Action?: string[];
  readonly NotAction?: string[];
  readonly Resource?: string[];
  readonly NotResource?: string[];
}

const PROFILE_KEY = 'bedrock:InferenceProfileArn';
const INFERENCE_ACTIONS = [...INVOKE_ACTIONS, BATCH_ACTION];

/** The rules of a partition: an organization is in one. */
export class ServiceControlRules {
  constructor(private readonly partition: string) {}

  /** Global inference of every model: its profiles, and the model without a Region that a call through any profile is checked against. */
  public forbidGlobal(): DenyStatement[] {
    return [deny('DenyGlobalInference', INFERENCE_ACTIONS, [this.profile('global.*'), this.model('*', '')])];
  }

  /**
   * Calls of every model through system-defined profiles of other geographies, the global ones among them; and calls of these models
   * through application inference profiles where they run outside of the geographies.
   */
  public onlyGeographies(geographies: readonly Geography[], cards: readonly ModelCard[]): DenyStatement[] {
    const pass = geographies.map(({ prefix }) => this.profile(`${prefix}.*`));
    return [
      deny('DenyOtherGeographies', INVOKE_ACTIONS, [this.model('*')], { ArnLike: { [PROFILE_KEY]: this.profile('*') }, ArnNotLike: { [PROFILE_KEY]: pass } }),
      ...cards.map((card, index) => deny(numbered('DenyCopiesOfOtherGeographies', index), INVOKE_ACTIONS, [this.model(card.modelId)], {
        ArnLike: { [PROFILE_KEY]: this.owned('application-inference-profile/*') },
        StringNotEquals: { 'aws:RequestedRegion': destinationsOf(card, geographies) },
      })),
    ];
  }

  /** Every other model, however it is called, on bedrock-runtime and on bedrock-mantle. */
  public onlyModels(cards: readonly ModelCard[]): DenyStatement[] {
    const models = cards.flatMap(({ modelId }) => [this.model(modelId), this.profile(`*.${modelId}`)]);
    const mantleIds = cards.flatMap(({ mantleModelId }) => mantleModelId ?? []);
    return [
      {
        Sid: 'DenyOtherModels',
        Effect: 'Deny',
        Action: INFERENCE_ACTIONS,
        NotResource: [...models, this.owned('application-inference-profile/*'), this.owned('model-invocation-job/*')],
      },
      deny('DenyOtherModelsOnMantle', [MANTLE_INVOKE_ACTION], ['*'], mantleIds.length > 0 ? { StringNotEquals: { 'bedrock-mantle:Model': mantleIds } } : undefined),
    ];
  }

  /** Calls of foundation models on bedrock-runtime that name no inference profile. */
  public onlyThroughProfiles(): DenyStatement[] {
    return [deny('DenyCallsWithoutProfile', INVOKE_ACTIONS, [this.model('*')], { Null: { [PROFILE_KEY]: 'true' } })];
  }

  /** Calls that do not name the guardrail, in any version or in one. On bedrock-mantle none can: it has no guardrails. */
  public requireGuardrail(guardrailArn: string, version?: string): DenyStatement[] {
    const named = version === undefined ? [guardrailArn, `${guardrailArn}:*`] : [version === 'DRAFT' ? guardrailArn : `${guardrailArn}:${version}`];
    return [
      deny('DenyCallsWithoutGuardrail', INVOKE_ACTIONS, [this.model('*')], { ArnNotLike: { 'bedrock:GuardrailIdentifier': named } }),
      deny('DenyCallsWhereNoGuardrailIs', [MANTLE_INVOKE_ACTION], ['*']),
    ];
  }

  /** Making API keys of Amazon Bedrock, which live long, and calls with any, on both endpoints; or only those with long-term ones. */
  public forbidApiKeys(kind: 'any' | 'long-term'): DenyStatement[] {
    const services = ['bedrock', 'bedrock-mantle'];
    const making = { StringEquals: { 'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com' } };
    return [
      deny('DenyMakingApiKeys', ['iam:CreateServiceSpecificCredential'], ['*'], making),
      ...kind === 'any'
        ? [deny('DenyCallsWithApiKeys', services.map((service) => `${service}:CallWithBearerToken`), ['*'])]
        : services.map((service, index) => deny(numbered('DenyCallsWithLongTermApiKeys', index), [`${service}:CallWithBearerToken`], ['*'],
          { StringEquals: { [`${service}:BearerTokenType`]: 'LONG_TERM' } })),
    ];
  }

  private model(modelId: string, region = '*'): string {
    return `arn:${this.partition}:bedrock:${region}::foundation-model/${modelId}`;
  }

  private profile(resource: string): string {
    return this.owned(`inference-profile/${resource}`);
  }

  private owned(resource: string): string {
    return `arn:${this.partition}:bedrock:*:*:${resource}`;
  }
}

/** The Sid of the first, second or a later statement of its kind. */
export function numbered(sid: string, index: number): string {
  return index === 0 ? sid : `${sid}${index + 1}`;
}

/** Where a card's requests may run within geographies. */
function destinationsOf({ geoRoutes }: ModelCard, geographies: readonly Geography[]): string[] {
  const prefixes = geographies.map(({ prefix }) => prefix);
  const routes = geoRoutes.filter(({ geography }) => prefixes.includes(geography.prefix));
  return [...new Set(routes.flatMap(({ destinationRegions }) => destinationRegions))].sort();
}

function deny(Sid: string, Action: string[], Resource: string[], Condition?: Statement['Condition']): DenyStatement {
  return { Sid, Effect: 'Deny', Action, Resource, ...Condition && { Condition } };
}
