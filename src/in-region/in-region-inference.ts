import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { InRegionInferenceGrants } from './in-region-inference-grants';
import { ModelCard } from '../catalog/model-card';
import { callerAccount } from '../invocable-model/caller-account';
import { checkedModel } from '../invocable-model/checked-props';
import { InferenceEndpoint } from '../invocable-model/inference-endpoint';
import { IInvocableModel } from '../invocable-model/invocable-model';
import { IInvocationGrants } from '../invocable-model/invocation-grants';
import { warnOfLifecycle } from '../invocable-model/lifecycle-warning';
import { RegionMapping, tableId } from '../invocable-model/region-mapping';
import { mantleStatements } from '../policy/mantle-statements';
import { HaikuError } from '../private/errors';
import { askedRegion, isOwnRegion } from '../private/tokens';
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
   * The bedrock-mantle project that requests are made in.
   *
   * @default 'default' - the project that every account has
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
 * Throws if bedrock-mantle does not serve the model in the Region.
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
  /** Gives principals access. */
  public readonly grants: IInvocationGrants;

  constructor(scope: Construct, id: string, props: InRegionInferenceProps = {}) {
    super(scope, id);
    this.model = checkedModel(props.model);
    warnOfLifecycle(this, this.model);
    this.projectId = props.projectId ?? 'default';
    this.sourceRegion = askedRegion(this, props.region);
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
    const regions = this.model.inRegion?.regions.sort() ?? [];
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
