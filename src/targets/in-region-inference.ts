import { Aws, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { IInvocableModel, IInvocationGrants, InferenceEndpoint } from './invocable-model';
import { ModelGrants } from './model-grants';
import { InferenceOption } from '../catalog/inference-option';
import { ModelCard } from '../catalog/model-card';
import { warnOfLifecycle } from '../construct/card-warnings';
import { checkedModel } from '../construct/checked-props';
import { RegionLookUp, tableId } from '../construct/region-mapping';
import { askedRegion } from '../construct/tokens';
import { mantleStatements } from '../policy/invoke-statements';
import { brand } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, TEXT } from '../private/prop-kind';
import { mantleProjectArn } from '../routing/arn';
import { inRegionFinding } from '../routing/decision';
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
   * The bedrock-mantle project that requests are made in: the ID that AWS gave it, such as `proj_abc123`. Requests name it in the
   * header `anthropic-workspace`, as HaikuInvoker does.
   *
   * @default 'default' - the project that every account has
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/workspaces.html
   */
  readonly projectId?: string;
}

/**
 * In-Region inference on the bedrock-mantle endpoint: requests run in the Region that they are sent to.
 *
 * It is the only way to call Claude Haiku 4.5 on demand within a single Region. The endpoint takes the Messages API; it has no
 * guardrails, no structured outputs and no model invocation logging. This construct creates nothing (in a stack whose Region is
 * known only at deploy time: a mapping and a rule).
 *
 * Throws if bedrock-mantle does not serve the model in the Region, or the project ID is not one.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
export class InRegionInference extends Construct implements IInvocableModel {
  /** The model's published facts. */
  public readonly model: ModelCard;
  /** What requests name as the model: its ID on bedrock-mantle. */
  public readonly modelId: string;
  /** The inference option: In-Region. */
  public readonly inferenceOption = InferenceOption.IN_REGION;
  /** The endpoint that takes the requests: bedrock-mantle. */
  public readonly endpoint = InferenceEndpoint.BEDROCK_MANTLE;
  /** The Region that requests are sent to and run in. */
  public readonly sourceRegion: string;
  /** The ID of the bedrock-mantle project that requests are made in. */
  public readonly projectId?: string;
  /** Gives principals access. */
  public readonly grants: IInvocationGrants;

  constructor(scope: Construct, id: string, props: InRegionInferenceProps = {}) {
    super(scope, id);
    checkKinds<InRegionInferenceProps>('InRegionInference', props, { model: JUDGED_ELSEWHERE, region: TEXT, projectId: JUDGED_ELSEWHERE });
    this.model = checkedModel(props.model);
    const projectId = checkedProject(props.projectId);
    this.projectId = projectId;
    this.sourceRegion = askedRegion(this, 'region', props.region);
    warnOfLifecycle(this, this.model, this.sourceRegion);
    this.modelId = this.modelIdIn(this.sourceRegion);
    this.grants = new ModelGrants(this, 'InRegionInference', {
      statementsFor: (account) => mantleStatements({ projectArn: this.projectArn(projectId, account), mantleModelId: this.modelId }),
    });
  }

  private modelIdIn(region: string): string {
    if (!Token.isUnresolved(region)) {
      const finding = inRegionFinding(this.model, region);
      if (finding) throw new HaikuError(libraryText(finding));
      return this.model.mantleModelId!;
    }
    const regions = this.model.inRegionOnMantle?.regions.sort() ?? [];
    if (regions.length === 0) {
      throw new HaikuError(
        `bedrock-mantle serves ${this.model.name} in no Region that its card lists (as of ${this.model.asOf}), got a stack whose Region is known only when it is deployed; `
        + 'expected a card with mantleModelId and inRegionOnMantle. Pass such a card as model, or use a CrossRegionInferenceProfile.');
    }
    return new RegionLookUp(this, {
      id: tableId(this.model, 'InRegion'),
      otherwise: `bedrock-mantle does not serve ${this.model.name} in this Region. Deploy to one of ${regions.join(', ')}.`,
      rows: Object.fromEntries(regions.map((served) => [served, { modelId: this.model.mantleModelId! }])),
    }).value('modelId');
  }

  private projectArn(projectId: string, account: string): string {
    const partition = Token.isUnresolved(this.sourceRegion) ? Aws.PARTITION : undefined;
    return mantleProjectArn(this.sourceRegion, account, projectId, partition);
  }
}

brand(InRegionInference, 'InRegionInference');

/** A project by its ID. `*` would give access to every project, and an ARN is no ID. */
function checkedProject(projectId: unknown = 'default'): string {
  if (typeof projectId === 'string' && (Token.isUnresolved(projectId) || /^[\w-]+$/.test(projectId))) return projectId;
  throw new HaikuError(
    `projectId is not the ID of a bedrock-mantle project, got ${shown(projectId)}; expected "default" or an ID that AWS gave, such as "proj_abc123". `
    + 'An ARN ends in the ID: pass what follows "project/", or leave projectId out to use the default project.');
}
