import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { InRegionInferenceGrants } from './in-region-inference-grants';
import { InferenceEndpoint } from './inference-endpoint';
import { IInvocableModel } from './invocable-model';
import { IInvocationGrants } from './invocation-grants';
import { ModelCard } from '../catalog/model-card';
import { callerAccount } from '../construct/caller-account';
import { checkedModel } from '../construct/checked-props';
import { warnOfLifecycle } from '../construct/lifecycle-warning';
import { RegionMapping, tableId } from '../construct/region-mapping';
import { askedRegion, isOwnRegion } from '../construct/tokens';
import { mantleStatements } from '../policy/mantle-statements';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, JUDGED_ELSEWHERE, TEXT } from '../private/prop-kind';
import { mantleProjectArn } from '../routing/arn';
import { InferenceRouter } from '../routing/inference-router';

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
  /** The endpoint that takes the requests: bedrock-mantle. */
  public readonly endpoint = InferenceEndpoint.BEDROCK_MANTLE;
  /** The Region that requests are sent to and run in. */
  public readonly sourceRegion: string;
  /** The bedrock-mantle project that requests are made in. */
  public readonly projectId: string;
  /** The same project, as any caller of a model asks for it. */
  public readonly mantleProjectId?: string;
  /** Gives principals access. */
  public readonly grants: IInvocationGrants;

  constructor(scope: Construct, id: string, props: InRegionInferenceProps = {}) {
    super(scope, id);
    checkKinds<InRegionInferenceProps>('InRegionInference', props, { model: JUDGED_ELSEWHERE, region: TEXT, projectId: JUDGED_ELSEWHERE });
    this.model = checkedModel(props.model);
    this.projectId = checkedProject(props.projectId);
    this.mantleProjectId = this.projectId;
    this.sourceRegion = askedRegion(this, props.region);
    warnOfLifecycle(this, this.model, this.sourceRegion);
    this.modelId = this.modelIdIn(this.sourceRegion);
    this.grants = InRegionInferenceGrants._of(this, ({ grantPrincipal }) => mantleStatements({
      projectArn: this.projectArn(callerAccount(grantPrincipal) ?? Stack.of(this).account),
      mantleModelId: this.modelId,
    }));
  }

  private modelIdIn(region: string): string {
    if (!Token.isUnresolved(region)) {
      const finding = InferenceRouter.inRegionFinding(this.model, region);
      if (finding) throw new HaikuError(finding.message);
      return this.model.mantleModelId!;
    }
    if (!isOwnRegion(this, region)) {
      throw new HaikuError(
        'region is an unresolved token other than the Region of the stack; expected a literal Region such as "eu-west-1". '
        + 'The Region decides where data may go: pass a literal, or leave region out to follow the stack.');
    }
    const regions = this.model.inRegionOnMantle?.regions.sort() ?? [];
    const table = {
      id: tableId(this.model, 'InRegion'),
      otherwise: `bedrock-mantle does not serve ${this.model.name} in this Region. Deploy to one of ${regions.join(', ')}.`,
      rows: Object.fromEntries(regions.map((served) => [served, { modelId: this.model.mantleModelId! }])),
    };
    RegionMapping.of(this, table);
    return RegionMapping.value(this, table, 'modelId');
  }

  private projectArn(account: string): string {
    const partition = Token.isUnresolved(this.sourceRegion) ? Aws.PARTITION : undefined;
    return mantleProjectArn(this.sourceRegion, account, this.projectId, partition);
  }
}

/** A project by its ID. `*` would give access to every project, and an ARN is no ID. */
function checkedProject(projectId: unknown = 'default'): string {
  if (typeof projectId === 'string' && (Token.isUnresolved(projectId) || /^[\w-]+$/.test(projectId))) return projectId;
  throw new HaikuError(
    `projectId is not the ID of a bedrock-mantle project, got ${shown(projectId)}; expected "default" or an ID that AWS gave, such as "proj_abc123". `
    + 'An ARN ends in the ID: pass what follows "project/", or leave projectId out to use the default project.');
}
