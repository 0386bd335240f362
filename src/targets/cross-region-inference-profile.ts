import { IModel } from 'aws-cdk-lib/aws-bedrock';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { IInvocableModel, InferenceEndpoint } from './invocable-model';
import { IInvocationGrants } from './invocation-grants';
import { ModelGrants } from './model-grants';
import { ProfileAccess } from './profile-access';
import { checkServiceControlPolicies } from './service-control-check';
import { TokenRoute } from './token-route';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { warnOfDisputedSource, warnOfLifecycle } from '../construct/card-warnings';
import { checkedModel, checkedRegions, checkedRouting } from '../construct/checked-props';
import { askedRegion } from '../construct/tokens';
import type { ServiceControlPolicies } from '../organization/service-control-policies';
import { brand } from '../private/brand';
import { HaikuError } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, PropKinds, TEXT } from '../private/prop-kind';
import { inferenceProfileArn } from '../routing/arn';
import { decide } from '../routing/decision';
import { InferenceRouting } from '../routing/inference-routing';
import { readProfileId } from '../routing/profile-id';
import { modelArnsOf, Route } from '../routing/route';
import { libraryText } from '../wording/library';

/**
 * A system-defined cross-Region inference profile, as other constructs take it.
 *
 * Not for implementing, as `IInvocableModel` is not: make a `CrossRegionInferenceProfile`.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
export interface ICrossRegionInferenceProfile extends IModel, IInvocableModel {
  /**
   * The ID to call the model by. A geography comes first in it, or `global`.
   */
  readonly inferenceProfileId: string;

  /**
   * The ARN of the profile in the account of the construct's stack.
   */
  readonly inferenceProfileArn: string;

  /**
   * The Regions that requests may run in.
   *
   * @default - none for global inference, of which AWS publishes no list
   */
  readonly destinationRegions?: string[] | undefined;

  /**
   * The foundation models that IAM checks: in each destination Region, or for global inference in the source Region and without a Region.
   */
  readonly foundationModelArns: string[];
}

/**
 * What `fromInferenceProfileId` takes besides the ID.
 */
export interface CrossRegionInferenceProfileOptions {
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

  /**
   * The service control policies of the account that calls the model. Synthesis fails if they block a call, and names the policy, its
   * statement and what to change there. It warns where that is not known, and where they block streaming alone.
   *
   * @default - none are asked
   */
  readonly serviceControlPolicies?: ServiceControlPolicies | undefined;
}

/**
 * How a model is called through a cross-Region inference profile.
 */
export interface CrossRegionInferenceProfileProps extends CrossRegionInferenceProfileOptions {
  /**
   * Where requests may run.
   *
   * @default InferenceRouting.sourceGeography() - they stay in the geography that the source Region belongs to
   */
  readonly routing?: InferenceRouting;
}

/** All but text has checks of its own. */
const OPTIONS: PropKinds<CrossRegionInferenceProfileOptions> = {
  model: JUDGED_ELSEWHERE, sourceRegion: TEXT, allowedRegions: JUDGED_ELSEWHERE, serviceControlPolicies: JUDGED_ELSEWHERE,
};

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
export class CrossRegionInferenceProfile extends Construct implements ICrossRegionInferenceProfile {
  /**
   * The profile that an inference profile ID names.
   *
   * Throws if the ID is not that of a profile of the model, or the profile does not serve the source Region.
   *
   * @param inferenceProfileId - for example `eu.anthropic.claude-haiku-4-5-20251001-v1:0`
   */
  public static fromInferenceProfileId(
    scope: Construct, id: string, inferenceProfileId: string, options: CrossRegionInferenceProfileOptions = {}): CrossRegionInferenceProfile {
    checkKinds<CrossRegionInferenceProfileOptions>('fromInferenceProfileId', options, OPTIONS);
    const region = askedRegion(scope, 'sourceRegion', options.sourceRegion);
    const reading = readProfileId(checkedModel(options.model), inferenceProfileId, Token.isUnresolved(region) ? undefined : region);
    if ('finding' in reading) throw new HaikuError(libraryText(reading.finding));
    return new CrossRegionInferenceProfile(scope, id, { ...options, routing: reading.routing });
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
  public readonly _route: Route;
  /** @internal */
  public readonly _serviceControlPolicies?: ServiceControlPolicies | undefined;

  constructor(scope: Construct, id: string, props: CrossRegionInferenceProfileProps = {}) {
    super(scope, id);
    checkKinds<CrossRegionInferenceProfileProps>('CrossRegionInferenceProfile', props, { ...OPTIONS, routing: JUDGED_ELSEWHERE });
    this._routing = checkedRouting(props.routing);
    const allowedRegions = checkedRegions('allowedRegions', props.allowedRegions);
    this.model = checkedModel(props.model);
    const sourceRegion = askedRegion(this, 'sourceRegion', props.sourceRegion);
    const own = this.inferenceOption === InferenceOption.GEO ? this.model.geographiesOf(sourceRegion)[0] : undefined;
    warnOfLifecycle(this, this.model, { sourceRegion, inferenceOption: this.inferenceOption, geography: this._routing.geography ?? own });
    this._route = routeFrom(this, sourceRegion, this.model, this._routing, allowedRegions);
    if (this._route._reach.kind === 'global') warnOfDisputedSource(this, this.model, this.sourceRegion);
    checkServiceControlPolicies(props.serviceControlPolicies, { scope: this, className: 'CrossRegionInferenceProfile', profile: this });
    this._serviceControlPolicies = props.serviceControlPolicies;
    this.grants = new ModelGrants(this, 'CrossRegionInferenceProfile', new ProfileAccess(this._route, this._routing));
  }

  /** The inference option: Geo or Global. */
  public get inferenceOption(): InferenceOption { return this._routing.inferenceOption; }

  /** The ID to call the model by. A geography comes first in it, or `global`. */
  public get inferenceProfileId(): string { return this._route.inferenceProfileId; }

  /** The ARN of the profile in the account of this construct's stack. */
  public get inferenceProfileArn(): string {
    // Written out of its parts, which CDK can tell apart: that of the route may be one token.
    return inferenceProfileArn(this.sourceRegion, Stack.of(this).account, this.inferenceProfileId, this._route._partition);
  }

  /** @internal */
  public get _systemDefinedProfileId(): string { return this.inferenceProfileId; }

  /** What requests name as the model: the inference profile ID. */
  public get modelId(): string { return this.inferenceProfileId; }

  /** The ARN of the profile, for where CDK takes an `IModel`. */
  public get modelArn(): string { return this.inferenceProfileArn; }

  /** The Region that requests are sent to. */
  public get sourceRegion(): string { return this._route.sourceRegion; }

  /** The Regions that requests may run in. AWS publishes no list for global inference, so it is left out there. */
  public get destinationRegions(): string[] | undefined { return this._route.destinationRegions; }

  /** The foundation models that IAM checks: in each destination Region, or for global inference in the source Region and without a Region. */
  public get foundationModelArns(): string[] { return modelArnsOf(this._route._reach); }
}

brand(CrossRegionInferenceProfile, 'CrossRegionInferenceProfile');

/** The route from a Region that is known, or one that is looked up when the stack is deployed. */
function routeFrom(scope: Construct, sourceRegion: string, model: ModelCard, routing: InferenceRouting, allowedRegions?: string[]): Route {
  if (Token.isUnresolved(sourceRegion)) return new TokenRoute(scope, model, routing, allowedRegions);
  const decision = decide(model, routing, sourceRegion, allowedRegions);
  if ('finding' in decision) throw new HaikuError(libraryText(decision.finding));
  return decision.route;
}
