import { IConstruct } from 'constructs';
import { InferenceEndpoint } from './inference-endpoint';
import { IInvocationGrants } from './invocation-grants';
import { ModelCard } from '../catalog/model-card';

/**
 * A model as a caller sees it: what to call it, where, and who may.
 */
export interface IInvocableModel extends IConstruct {
  /**
   * What requests name as the model: an inference profile ID or ARN, or the model's ID on bedrock-mantle.
   */
  readonly modelId: string;

  /**
   * The ID of the system-defined inference profile that requests go through, also by way of an application profile.
   * Its first part is the geography, or `global`.
   *
   * In-Region inference goes through none.
   */
  readonly systemDefinedProfileId?: string | undefined;

  /**
   * The endpoint that takes the requests.
   */
  readonly endpoint: InferenceEndpoint;

  /**
   * The bedrock-mantle project that requests are made in, which they must name unless it is `default`.
   *
   * bedrock-runtime takes none.
   */
  readonly mantleProjectId?: string;

  /**
   * The Region whose endpoint takes the requests.
   */
  readonly sourceRegion: string;

  /**
   * The model's published facts.
   */
  readonly model: ModelCard;

  /**
   * Gives principals access.
   */
  readonly grants: IInvocationGrants;
}
