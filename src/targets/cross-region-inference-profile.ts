import { IModel } from 'aws-cdk-lib/aws-bedrock';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { InferenceEndpoint } from './inference-endpoint';
import { InferenceProfileGrants } from './inference-profile-grants';
import { IInvocableModel } from './invocable-model';
import { IInvocationGrants } from './invocation-grants';
import { regionRestriction } from './region-restriction';
import { TokenRoute } from './token-route';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { callerAccount } from '../construct/caller-account';
import { checkedModel, checkedRegions, checkedRouting } from '../construct/checked-props';
import { warnOfDisputedSource } from '../construct/disputed-source-warning';
import { warnOfLifecycle } from '../construct/lifecycle-warning';
import { GrantedApplicationProfile, ProfileAccess } from '../construct/profile-access';
import { askedRegion, isOwnRegion } from '../construct/tokens';
import { routeStatements } from '../policy/route-statements';
import { brand } from '../private/brand';
import { HaikuError } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, PropKinds, TEXT } from '../private/prop-kind';
import { InferenceRouter } from '../routing/inference-router';
import { InferenceRouting } from '../routing/inference-routing';
import { readProfileId } from '../routing/profile-id';
import { InferenceRoute } from '../routing/route';

/**
 * What `fromInferenceProfileId` takes besides the ID.
 */
export interface InferenceProfileOptions {
  /**
   * The model.
   *
   * @default ModelCard.CLAUDE_HAIKU_4_5
   */
  readonly model?: ModelCard;

  /**
   * The Region that requests are sent to: a literal, or the Region of the stack.
   *
   * @default - the Region of the stack
   */
  readonly sourceRegion?: string;

  /**
   * The only Regions that requests may run in. Each destination Region must be among them, or synthesis fails.
   *
   * @default - every destination Region of the profile
   */
  readonly allowedRegions?: string[] | undefined;
}

/**
 * How a model is called through a cross-Region inference profile.
 */
export interface CrossRegionInferenceProfileProps extends InferenceProfileOptions {
  /**
   * Where requests may run.
   *
   * @default InferenceRouting.sourceGeography() - they stay in the geography that the source Region belongs to
   */
  readonly routing?: InferenceRouting;
}

/** Model, routing and allowed Regions have checks of their own. */
const OPTIONS: PropKinds<InferenceProfileOptions> = { model: JUDGED_ELSEWHERE, sourceRegion: TEXT, allowedRegions: JUDGED_ELSEWHERE };

/**
 * A system-defined cross-Region inference profile: it routes requests from a source Region to destination Regions.
 *
 * AWS makes the profile and every account has it, so this construct creates nothing (in a stack whose Region is known only at
 * deploy time: a mapping and a rule). It checks the choice against the model card and knows exactly which access it needs.
 *
 * Throws if the model cannot be called as asked from the source Region.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
export class CrossRegionInferenceProfile extends Construct implements IModel, IInvocableModel {
  /**
   * The profile that an inference profile ID names.
   *
   * Throws if the ID is not that of a profile of the model, or the profile does not serve the source Region.
   *
   * @param inferenceProfileId - for example `eu.anthropic.claude-haiku-4-5-20251001-v1:0`
   */
  public static fromInferenceProfileId(
    scope: Construct, id: string, inferenceProfileId: string, options: InferenceProfileOptions = {}): CrossRegionInferenceProfile {
    checkKinds<InferenceProfileOptions>('fromInferenceProfileId', options, OPTIONS);
    const region = askedRegion(scope, options.sourceRegion);
    const { routing, finding } = readProfileId(checkedModel(options.model), inferenceProfileId, Token.isUnresolved(region) ? undefined : region);
    if (finding) throw new HaikuError(finding.message);
    return new CrossRegionInferenceProfile(scope, id, { ...options, routing });
  }

  /** The model's published facts. */
  public readonly model: ModelCard;
  /** The endpoint that takes the requests: bedrock-runtime. */
  public readonly endpoint = InferenceEndpoint.BEDROCK_RUNTIME;
  /** Gives principals access. */
  public readonly grants: IInvocationGrants;
  /** @internal */
  public readonly _routing: InferenceRouting;
  /** @internal */
  public readonly _route: InferenceRoute | TokenRoute;
  /** @internal */
  public readonly _keys = new Map<string, string>();

  constructor(scope: Construct, id: string, props: CrossRegionInferenceProfileProps = {}) {
    super(scope, id);
    checkKinds<CrossRegionInferenceProfileProps>('CrossRegionInferenceProfile', props, { ...OPTIONS, routing: JUDGED_ELSEWHERE });
    this._routing = checkedRouting(props.routing);
    const allowedRegions = checkedRegions('allowedRegions', props.allowedRegions);
    this.model = checkedModel(props.model);
    const sourceRegion = askedRegion(this, props.sourceRegion);
    warnOfLifecycle(this, this.model, sourceRegion);
    this._route = routeFrom(this, sourceRegion, this.model, this._routing, allowedRegions);
    if (this._route.option === InferenceOption.GLOBAL) warnOfDisputedSource(this, this.model, this.sourceRegion);
    this.grants = InferenceProfileGrants._of(this, ({ grantPrincipal }) =>
      // A system-defined profile exists in every account, and IAM compares its ARN in the account of the caller.
      this._access(callerAccount(grantPrincipal) ?? Stack.of(this).account));
  }

  /** The ID to call the model by. A geography comes first in it. */
  public get inferenceProfileId(): string { return this._route.inferenceProfileId; }

  /** The ARN of the profile in the account of this construct's stack. */
  public get inferenceProfileArn(): string { return this._route.inferenceProfileArn(Stack.of(this).account); }

  /** The ID of the system-defined profile that requests go through: this one's. */
  public get systemDefinedProfileId(): string | undefined { return this.inferenceProfileId; }

  /** What requests name as the model: the inference profile ID. */
  public get modelId(): string { return this.inferenceProfileId; }

  /** The ARN of the profile, for where CDK takes an `IModel`. */
  public get modelArn(): string { return this.inferenceProfileArn; }

  /** The Region that requests are sent to. */
  public get sourceRegion(): string { return this._route.sourceRegion; }

  /** The Regions that requests may run in. AWS publishes no list for global inference, so it is left out there. */
  public get destinationRegions(): string[] | undefined { return this._route.destinationRegions; }

  /** The foundation models that IAM checks: in each destination Region, or for global inference in the source Region and without a Region. */
  public get foundationModelArns(): string[] { return this._route.foundationModelArns; }

  /**
   * What a caller of this account gets, by way of an application profile if one is given.
   * @internal
   */
  public _access(account: string, application?: GrantedApplicationProfile): ProfileAccess {
    const route = this._route;
    const own = route.inferenceProfileArn(account);
    return {
      statements: routeStatements(route, account, application?.arn),
      grantedArn: application?.arn ?? own,
      grantedId: application?.arn ?? 'system-defined',
      key: this._routeKey(account, own),
      counted: (arn) => {
        if (arn === application?.arn) return application.countedArn;
        return route instanceof TokenRoute ? route.countedProfileArn(account) : arn;
      },
      stated: application?.stated,
      sourceRegions: route instanceof TokenRoute ? route.sourceRegions : undefined,
      routeOption: policyOption(this._routing),
    };
  }

  /**
   * What tells this route from others for a caller of this account. Many principals are granted one profile, so it is kept.
   * @internal
   */
  public _routeKey(account: string, own: string): string {
    const route = this._route;
    const key = this._keys.get(account)
      ?? JSON.stringify([account, ...(route instanceof TokenRoute ? [route.key] : [own, route.foundationModelArns])]);
    this._keys.set(account, key);
    return key;
  }

  /** @internal */
  public _inferenceProfileArnIn(account: string): string { return this._route.inferenceProfileArn(account); }
}

brand(CrossRegionInferenceProfile, 'CrossRegionInferenceProfile');

/** The route from a Region that is known, or one that is looked up when the stack is deployed. */
function routeFrom(
  scope: Construct, sourceRegion: string, model: ModelCard, routing: InferenceRouting, allowedRegions?: string[]): InferenceRoute | TokenRoute {
  if (!Token.isUnresolved(sourceRegion)) {
    const { route, finding } = InferenceRouter.route(model, routing, sourceRegion, allowedRegions);
    if (!route) throw new HaikuError(finding!.message);
    return route;
  }
  if (!isOwnRegion(scope, sourceRegion)) {
    throw new HaikuError(
      'sourceRegion is an unresolved token other than the Region of the stack; expected a literal Region such as "eu-west-2". '
      + 'The Region decides where data may go: pass a literal, or leave sourceRegion out to follow the stack.');
  }
  return new TokenRoute(scope, model, routing, allowedRegions && regionRestriction(scope, model, routing, allowedRegions));
}

/** How the command line is told the routing. */
function policyOption({ option, geography }: InferenceRouting): string {
  if (geography) return ` --geo ${geography.prefix}`;
  return option === InferenceOption.GLOBAL ? ' --global' : '';
}
