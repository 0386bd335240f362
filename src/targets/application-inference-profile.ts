import { createHash } from 'crypto';
import { CfnApplicationInferenceProfile, IModel } from 'aws-cdk-lib/aws-bedrock';
import { Fn, IResource, Names, Resource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkApplicationProfileArn, checkCopiedProfile, checkDescription, checkedCopy, checkedOriginal, checkName } from './application-profile-checks';
import { applicationProfileGrants } from './application-profile-grants';
import { CrossRegionInferenceProfile } from './cross-region-inference-profile';
import { InferenceEndpoint } from './inference-endpoint';
import { IInvocableModel } from './invocable-model';
import { IInvocationGrants } from './invocation-grants';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { brand } from '../private/brand';

/**
 * An application inference profile, made here or elsewhere.
 */
export interface IApplicationInferenceProfile extends IResource, IModel, IInvocableModel {
  /**
   * The ARN of the application inference profile.
   */
  readonly inferenceProfileArn: string;

  /**
   * The ID of the application inference profile.
   */
  readonly inferenceProfileId: string;
}

/**
 * An application inference profile that exists already.
 */
export interface ApplicationInferenceProfileAttributes {
  /**
   * Its ARN.
   */
  readonly inferenceProfileArn: string;

  /**
   * The cross-Region inference profile that it copies. It decides which access a caller needs.
   */
  readonly copyFrom: CrossRegionInferenceProfile;
}

/**
 * How an application inference profile is made.
 */
export interface ApplicationInferenceProfileProps {
  /**
   * The cross-Region inference profile to copy. Its source Region must be the Region of the stack.
   */
  readonly copyFrom: CrossRegionInferenceProfile;

  /**
   * The name: 1 to 64 letters, digits, spaces, `_` and `-`, no two of the last three in a row.
   *
   * @default - made from the construct's path and what cannot be changed later, so that a replacement finds its name free; the same
   * whether or not the stack has an `env`
   */
  readonly inferenceProfileName?: string;

  /**
   * What the profile is for: 1 to 200 letters, digits, `:`, `.`, spaces, `_` and `-`, no two of the last three in a row.
   *
   * @default - none
   */
  readonly description?: string;
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
   * An application inference profile that exists already.
   *
   * Throws if the ARN is not that of an application inference profile, or the copied profile serves another Region.
   */
  public static fromApplicationInferenceProfileAttributes(
    scope: Construct, id: string, attributes: ApplicationInferenceProfileAttributes): IApplicationInferenceProfile {
    const copyFrom = checkedOriginal(attributes);
    checkApplicationProfileArn(attributes.inferenceProfileArn, copyFrom);
    class Import extends Resource implements IApplicationInferenceProfile {
      public readonly inferenceProfileArn = attributes.inferenceProfileArn;
      public readonly inferenceProfileId = Fn.select(1, Fn.split('/', attributes.inferenceProfileArn));
      public readonly systemDefinedProfileId?: string = copyFrom.inferenceProfileId;
      public readonly modelId = attributes.inferenceProfileArn;
      public readonly modelArn = attributes.inferenceProfileArn;
      public readonly model = copyFrom.model;
      public readonly endpoint = InferenceEndpoint.BEDROCK_RUNTIME;
      public readonly sourceRegion = copyFrom.sourceRegion;
      public readonly grants: IInvocationGrants = applicationProfileGrants(this, copyFrom);
    }
    brand(Import, 'ApplicationInferenceProfile');
    return new Import(scope, id, { environmentFromArn: attributes.inferenceProfileArn });
  }

  /** The ARN of the application inference profile. */
  public readonly inferenceProfileArn: string;
  /** The ID of the application inference profile. */
  public readonly inferenceProfileId: string;
  /** The ID of the system-defined profile that this one copies. */
  public readonly systemDefinedProfileId?: string;
  /** What requests name as the model: the ARN of the application inference profile. */
  public readonly modelId: string;
  /** The ARN of the application inference profile, for where CDK takes an `IModel`. */
  public readonly modelArn: string;
  /** The model's published facts. */
  public readonly model: ModelCard;
  /** The endpoint that takes the requests: bedrock-runtime. */
  public readonly endpoint = InferenceEndpoint.BEDROCK_RUNTIME;
  /** The Region that requests are sent to. */
  public readonly sourceRegion: string;
  /** Gives principals access. */
  public readonly grants: IInvocationGrants;

  constructor(scope: Construct, id: string, props: ApplicationInferenceProfileProps) {
    super(scope, id);
    const copyFrom = checkedCopy(props);
    checkCopiedProfile(this, copyFrom);
    checkName(props.inferenceProfileName);
    checkDescription(props.description);
    this.model = copyFrom.model;
    this.sourceRegion = copyFrom.sourceRegion;
    const resource = new CfnApplicationInferenceProfile(this, 'Resource', {
      inferenceProfileName: props.inferenceProfileName ?? this.generatedName(props),
      description: props.description,
      modelSource: { copyFrom: copyFrom._inferenceProfileArnIn(Stack.of(this).account) },
    });
    this.inferenceProfileArn = resource.attrInferenceProfileArn;
    this.inferenceProfileId = resource.attrInferenceProfileId;
    this.systemDefinedProfileId = copyFrom.inferenceProfileId;
    this.modelId = this.inferenceProfileArn;
    this.modelArn = this.inferenceProfileArn;
    this.grants = applicationProfileGrants(this, copyFrom);
  }

  /** Name, description and source cannot be changed in place, so the name follows the other two: a replacement finds it free. */
  private generatedName({ copyFrom, description }: ApplicationInferenceProfileProps): string {
    const content = JSON.stringify([sourceName(copyFrom), description]);
    return `${Names.uniqueResourceName(this, { maxLength: 55, separator: '-' })}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
  }
}

brand(ApplicationInferenceProfile, 'ApplicationInferenceProfile');
/**
 * What is copied, in words that do not change when the Region of the stack becomes known: a stack stays in its Region, and there a
 * geography that is named is the Region's own, unless the card has several for a Region.
 */
function sourceName({ _routing: { option, geography }, model }: CrossRegionInferenceProfile): string {
  if (option === InferenceOption.GLOBAL) return `Global ${model.modelId}`;
  const shared = geography && model.sourceRegionsOf(InferenceOption.GEO, geography).some((region) => model.geographiesOf(region).length > 1);
  return `${shared ? geography.toString() : 'Geo of the source Region'} ${model.modelId}`;
}
