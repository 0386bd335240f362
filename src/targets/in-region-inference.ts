import { Aws, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { IInvocableModel, InferenceEndpoint } from './invocable-model';
import { IInvocationGrants } from './invocation-grants';
import { ModelGrants } from './model-grants';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { warnOfLifecycle } from '../construct/card-warnings';
import { checkedModel } from '../construct/checked-props';
import { RegionLookUp, tableId } from '../construct/region-mapping';
import { askedRegion } from '../construct/tokens';
import { bareModelStatements, mantleStatements } from '../policy/invoke-statements';
import { Statement } from '../policy/statement';
import { brand } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, oneOf, TEXT } from '../private/prop-kind';
import { foundationModelArn, mantleProjectArn } from '../routing/arn';
import { decideInRegion, InRegionWay } from '../routing/decision';
import { libraryText } from '../wording/library';

/**
 * How a model is called within one Region.
 */
export interface InRegionInferenceProps {
  /**
   * The model.
   *
   * @default ModelCard.CLAUDE_HAIKU_4_5
   */
  readonly model?: ModelCard;

  /**
   * The Region that requests are sent to and run in: a literal, or the Region of the stack.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;

  /**
   * The endpoint that takes the requests. bedrock-runtime has guardrails, the Converse API and model invocation logging, and serves few
   * models in few Regions by their own ID.
   *
   * @default - bedrock-mantle where it serves the model, else bedrock-runtime
   */
  readonly endpoint?: InferenceEndpoint;

  /**
   * The bedrock-mantle project that requests are made in: the ID that AWS gave it, such as `proj_abc123`. Requests name it in the
   * header `anthropic-workspace`, as HaikuInvoker does. bedrock-runtime takes none.
   *
   * @default 'default' - the project that every account has
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/workspaces.html
   */
  readonly projectId?: string;
}

/**
 * In-Region inference: requests run in the Region that they are sent to.
 *
 * On bedrock-mantle it is the only way to call Claude Haiku 4.5 on demand within a single Region. That endpoint takes the Messages API;
 * it has no guardrails, no structured outputs and no model invocation logging. A few models are served on bedrock-runtime by their own
 * ID. This construct creates nothing (in a stack whose Region is known only at deploy time: a mapping and a rule).
 *
 * Throws if no endpoint serves the model in the Region, or not the one that is asked for, or the project ID is not one.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
export class InRegionInference extends Construct implements IInvocableModel {
  /** The model's published facts. */
  public readonly model: ModelCard;
  /** What requests name as the model: its ID at the endpoint. */
  public readonly modelId: string;
  /** The inference option: In-Region. */
  public readonly inferenceOption = InferenceOption.IN_REGION;
  /** The endpoint that takes the requests. */
  public readonly endpoint: InferenceEndpoint;
  /** The Region that requests are sent to and run in. */
  public readonly sourceRegion: string;
  /** The ID of the bedrock-mantle project that requests are made in; none on bedrock-runtime. */
  public readonly projectId?: string;
  /** Gives principals access. */
  public readonly grants: IInvocationGrants;

  constructor(scope: Construct, id: string, props: InRegionInferenceProps = {}) {
    super(scope, id);
    checkKinds<InRegionInferenceProps>('InRegionInference', props, {
      model: JUDGED_ELSEWHERE, region: TEXT, endpoint: oneOf('InferenceEndpoint', InferenceEndpoint), projectId: JUDGED_ELSEWHERE,
    });
    this.model = checkedModel(props.model);
    this.sourceRegion = askedRegion(this, 'region', props.region);
    warnOfLifecycle(this, this.model, { sourceRegion: this.sourceRegion, inferenceOption: this.inferenceOption });
    const { endpoint, modelId } = Token.isUnresolved(this.sourceRegion)
      ? this.wayAtDeployment(props.endpoint)
      : this.wayIn(this.sourceRegion, props.endpoint);
    this.endpoint = endpoint as InferenceEndpoint;
    this.modelId = modelId;
    this.projectId = projectOf(this.endpoint, props.projectId);
    this.grants = new ModelGrants(this, 'InRegionInference', { statementsFor: (account, guardrail) => this.statements(account, guardrail) });
  }

  private wayIn(region: string, endpoint?: InferenceEndpoint): InRegionWay {
    const decision = decideInRegion(this.model, region, endpoint);
    if ('finding' in decision) throw new HaikuError(libraryText(decision.finding));
    return decision;
  }

  /** The endpoint decides what else can be asked of the model, so one is chosen, and the Region of the deployment must be one of its. */
  private wayAtDeployment(asked?: InferenceEndpoint): InRegionWay {
    const { mantleModelId, modelId, inRegionOnMantle, inRegionOnRuntime } = this.model;
    const endpoint = asked ?? (inRegionOnMantle || !inRegionOnRuntime ? InferenceEndpoint.BEDROCK_MANTLE : InferenceEndpoint.BEDROCK_RUNTIME);
    const onMantle = endpoint === InferenceEndpoint.BEDROCK_MANTLE;
    const regions = (onMantle ? inRegionOnMantle : inRegionOnRuntime)?.regions.sort() ?? [];
    if (regions.length === 0) {
      throw new HaikuError(
        `${endpoint} serves ${this.model.name} in no Region that its card lists (as of ${this.model.asOf}), got a stack whose Region is known only when it is deployed; `
        + `expected a card with ${onMantle ? 'mantleModelId and inRegionOnMantle' : 'inRegionOnRuntime'}. Pass such a card as model, or use a CrossRegionInferenceProfile.`);
    }
    const rows = Object.fromEntries(regions.map((served) => [served, { modelId: onMantle ? mantleModelId! : modelId }]));
    const otherwise = `${endpoint} does not serve ${this.model.name} in this Region. Deploy to one of ${regions.join(', ')}.`;
    return { endpoint, modelId: new RegionLookUp(this, { id: tableId(this.model, onMantle ? 'InRegion' : 'InRegionOnRuntime'), otherwise, rows }).value('modelId') };
  }

  private statements(account: string, requiredGuardrail?: string): Statement[] {
    const { sourceRegion, modelId, projectId } = this;
    const partition = Token.isUnresolved(sourceRegion) ? Aws.PARTITION : undefined;
    return projectId === undefined
      ? bareModelStatements(foundationModelArn(sourceRegion, modelId, partition), requiredGuardrail)
      : mantleStatements({ projectArn: mantleProjectArn(sourceRegion, account, projectId, partition), mantleModelId: modelId });
  }
}

brand(InRegionInference, 'InRegionInference');

/** The project of the requests: bedrock-runtime has none. */
function projectOf(endpoint: InferenceEndpoint, projectId: unknown): string | undefined {
  if (endpoint === InferenceEndpoint.BEDROCK_MANTLE) return checkedProject(projectId);
  if (projectId === undefined) return undefined;
  throw new HaikuError(
    `projectId is not available on bedrock-runtime, got ${shown(projectId)}: only bedrock-mantle has such projects. `
    + 'Leave projectId out, or ask for bedrock-mantle as endpoint in a Region where it serves the model.');
}

/** A project by its ID. `*` would give access to every project, and an ARN is no ID. */
function checkedProject(projectId: unknown = 'default'): string {
  if (typeof projectId === 'string' && (Token.isUnresolved(projectId) || /^[\w-]+$/.test(projectId))) return projectId;
  throw new HaikuError(
    `projectId is not the ID of a bedrock-mantle project, got ${shown(projectId)}; expected "default" or an ID that AWS gave, such as "proj_abc123". `
    + 'An ARN ends in the ID: pass what follows "project/", or leave projectId out to use the default project.');
}
