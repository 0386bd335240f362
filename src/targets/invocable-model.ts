import { IConstruct } from 'constructs';
import { IInvocationGrants } from './invocation-grants';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import type { ServiceControlPolicies } from '../organization/service-control-policies';

/**
 * The endpoints of Amazon Bedrock that run inference.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
export enum InferenceEndpoint {
  /** `bedrock-runtime.<region>.amazonaws.com`: InvokeModel, Converse, Messages. */
  BEDROCK_RUNTIME = 'bedrock-runtime',
  /** `bedrock-mantle.<region>.api.aws`: Messages, within one Region. */
  BEDROCK_MANTLE = 'bedrock-mantle',
}

/**
 * A model as a caller sees it: what to call it, where, and who may. It is a `CrossRegionInferenceProfile`, an
 * `ApplicationInferenceProfile` or an `InRegionInference`.
 *
 * Not for implementing: new members may come in any release, and what takes such a model refuses an object of another class.
 */
export interface IInvocableModel extends IConstruct {
  /**
   * What requests name as the model: an inference profile ID or ARN, or for In-Region inference the model's ID at the endpoint.
   */
  readonly modelId: string;

  /**
   * The inference option of the requests: Geo, Global or In-Region. Prices and quotas are for one of them.
   */
  readonly inferenceOption: InferenceOption;

  /**
   * The endpoint that takes the requests.
   */
  readonly endpoint: InferenceEndpoint;

  /**
   * The bedrock-mantle project that requests are made in, which they must name unless it is `default`.
   *
   * @default - none: bedrock-runtime has no projects
   */
  readonly projectId?: string;

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

  /**
   * The ID of the system-defined profile that requests go through, also by way of an application profile. In-Region inference goes
   * through none.
   *
   * @internal
   */
  readonly _systemDefinedProfileId?: string;

  /**
   * The service control policies that bind the account of the calls, as far as the app was told.
   *
   * @internal
   */
  readonly _serviceControlPolicies?: ServiceControlPolicies | undefined;
}
