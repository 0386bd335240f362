import { createHash } from 'crypto';
import { CfnApplicationInferenceProfile, IModel } from 'aws-cdk-lib/aws-bedrock';
import { Fn, IResource, Names, Resource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ApplicationInferenceProfileAttributes, ApplicationInferenceProfileProps, checkCopiedProfile, checkDescription, checkedCopy, checkedOriginal, checkName } from './application-inference-profile-props';
import { CrossRegionInferenceProfile, ICrossRegionInferenceProfile } from './cross-region-inference-profile';
import { IInvocableModel, InferenceEndpoint } from './invocable-model';
import { IInvocationGrants } from './invocation-grants';
import { applicationProfileGrants } from './profile-access';
import { checkServiceControlPolicies } from './service-control-check';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import type { ServiceControlPolicies } from '../organization/service-control-policies';
import { brand } from '../private/brand';

/**
 * A reference to an application inference profile, as CDK's own constructs take one.
 */
export interface ApplicationInferenceProfileReference {
  /**
   * The ARN of the application inference profile.
   */
  readonly inferenceProfileIdentifier: string;
}

/**
 * An application inference profile, made here or elsewhere.
 *
 * TypeScript also takes it for CDK's `IApplicationInferenceProfileRef`. That it implements it cannot be said in other languages: CDK
 * has moved the interface since release 2.220.0, to a name that older releases do not have.
 *
 * Not for implementing, as `IInvocableModel` is not.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-create.html
 */
export interface IApplicationInferenceProfile extends IResource, IModel, IInvocableModel {
  /**
   * The ARN of the application inference profile.
   *
   * @attribute
   */
  readonly inferenceProfileArn: string;

  /**
   * The ID of the application inference profile.
   *
   * @attribute
   */
  readonly inferenceProfileId: string;

  /**
   * The cross-Region inference profile that it copies.
   */
  readonly copyFrom: ICrossRegionInferenceProfile;

  /**
   * A reference to the application inference profile.
   */
  readonly applicationInferenceProfileRef: ApplicationInferenceProfileReference;
}

/**
 * An inference profile of your account, copied from a cross-Region one. Its tags separate costs and usage, for example by team:
 * `Tags.of(profile).add('team', 'search')`.
 *
 * Throws if the name or description is not one that the API takes, or the copied profile serves another Region.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-create.html
 */
export class ApplicationInferenceProfile extends Resource implements IApplicationInferenceProfile {
  /**
   * An application inference profile that exists already, by its ARN.
   *
   * Throws if the ARN is not that of an application inference profile, or the copied profile serves another Region.
   *
   * @param inferenceProfileArn - `arn:aws:bedrock:<Region>:<account>:application-inference-profile/<ID>`
   * @param copyFrom - the cross-Region inference profile that it copies, which its ARN does not tell
   */
  public static fromApplicationInferenceProfileArn(
    scope: Construct, id: string, inferenceProfileArn: string, copyFrom: ICrossRegionInferenceProfile): IApplicationInferenceProfile {
    return ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(scope, id, { inferenceProfileArn, copyFrom });
  }

  /**
   * An application inference profile that exists already.
   *
   * Throws if the ARN is not that of an application inference profile, or the copied profile serves another Region.
   */
  public static fromApplicationInferenceProfileAttributes(
    scope: Construct, id: string, attributes: ApplicationInferenceProfileAttributes): IApplicationInferenceProfile {
    const copied = checkedOriginal(attributes);
    const arn = attributes.inferenceProfileArn;
    class Import extends Resource implements IApplicationInferenceProfile {
      public readonly inferenceProfileArn = arn;
      public readonly inferenceProfileId = Fn.select(1, Fn.split('/', arn));
      public readonly applicationInferenceProfileRef = { inferenceProfileIdentifier: arn };
      public readonly copyFrom = copied;
      public readonly modelId = arn;
      public readonly modelArn = arn;
      public readonly model = copied.model;
      public readonly inferenceOption = copied.inferenceOption;
      public readonly endpoint = copied.endpoint;
      public readonly sourceRegion = copied.sourceRegion;
      public readonly grants: IInvocationGrants = applicationProfileGrants(this, copied);
      public readonly _systemDefinedProfileId = copied.inferenceProfileId;
    }
    brand(Import, 'ApplicationInferenceProfile');
    return new Import(scope, id, { environmentFromArn: arn });
  }

  /**
   * The ARN of the application inference profile.
   *
   * @attribute
   */
  public readonly inferenceProfileArn: string;
  /**
   * The ID of the application inference profile.
   *
   * @attribute
   */
  public readonly inferenceProfileId: string;
  /** A reference to the application inference profile. */
  public readonly applicationInferenceProfileRef: ApplicationInferenceProfileReference;
  /** The cross-Region inference profile that it copies. */
  public readonly copyFrom: ICrossRegionInferenceProfile;
  /** What requests name as the model: the ARN of the application inference profile. */
  public readonly modelId: string;
  /** The ARN of the application inference profile, for where CDK takes an `IModel`. */
  public readonly modelArn: string;
  /** The model's published facts. */
  public readonly model: ModelCard;
  /** The inference option of the profile that it copies: Geo or Global. */
  public readonly inferenceOption: InferenceOption;
  /** The endpoint that takes the requests: bedrock-runtime. */
  public readonly endpoint = InferenceEndpoint.BEDROCK_RUNTIME;
  /** The Region that requests are sent to. */
  public readonly sourceRegion: string;
  /** Gives principals access. */
  public readonly grants: IInvocationGrants;
  /** @internal */
  public readonly _systemDefinedProfileId: string;
  /** @internal */
  public readonly _serviceControlPolicies?: ServiceControlPolicies | undefined;

  constructor(scope: Construct, id: string, props: ApplicationInferenceProfileProps) {
    super(scope, id);
    const copyFrom = checkedCopy(props);
    checkCopiedProfile(this, copyFrom);
    checkName(props.inferenceProfileName);
    checkDescription(props.description);
    this.copyFrom = copyFrom;
    this.model = copyFrom.model;
    this.inferenceOption = copyFrom.inferenceOption;
    this.sourceRegion = copyFrom.sourceRegion;
    this._systemDefinedProfileId = copyFrom.inferenceProfileId;
    const resource = new CfnApplicationInferenceProfile(this, 'Resource', {
      inferenceProfileName: props.inferenceProfileName ?? this.generatedName(copyFrom, props.description),
      description: props.description,
      modelSource: { copyFrom: copyFrom._route.inferenceProfileArn(Stack.of(this).account) },
    });
    this.inferenceProfileArn = resource.attrInferenceProfileArn;
    this.inferenceProfileId = resource.attrInferenceProfileId;
    this.applicationInferenceProfileRef = { inferenceProfileIdentifier: this.inferenceProfileArn };
    this.modelId = this.inferenceProfileArn;
    this.modelArn = this.inferenceProfileArn;
    checkServiceControlPolicies(props.serviceControlPolicies, {
      scope: this, className: 'ApplicationInferenceProfile', profile: copyFrom, applicationProfileArn: this.inferenceProfileArn,
    });
    this._serviceControlPolicies = props.serviceControlPolicies ?? copyFrom._serviceControlPolicies;
    this.grants = applicationProfileGrants(this, copyFrom);
  }

  /** Name, description and source cannot be changed in place, so the name follows the other two: a replacement finds it free. */
  private generatedName(copyFrom: CrossRegionInferenceProfile, description?: string): string {
    const content = JSON.stringify([sourceName(copyFrom), description]);
    return `${Names.uniqueResourceName(this, { maxLength: 55, separator: '-' })}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
  }
}

brand(ApplicationInferenceProfile, 'ApplicationInferenceProfile');

/**
 * What is copied, in words that do not change when the Region of the stack becomes known: a stack stays in its Region, and there a
 * geography that is named is the Region's own, unless the card has several for a Region.
 */
function sourceName({ _routing: { inferenceOption, geography }, model }: CrossRegionInferenceProfile): string {
  if (inferenceOption === InferenceOption.GLOBAL) return `Global ${model.modelId}`;
  const shared = geography && model.sourceRegionsOf(InferenceOption.GEO, geography).some((region) => model.geographiesOf(region).length > 1);
  return `${shared ? geography.toString() : 'Geo of the source Region'} ${model.modelId}`;
}
