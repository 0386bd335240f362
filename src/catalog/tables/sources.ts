import { Citation } from '../citation';

const USER_GUIDE = 'https://docs.aws.amazon.com/bedrock/latest/userguide';

/** The pages that the tables were read from, each with the date of the copy that was read. */
export const MODEL_CARD_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/model-card-anthropic-claude-haiku-4-5.html`, asOf: '2026-10' };
export const OLDER_MODEL_CARD_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/model-card-anthropic-claude-haiku-4-5.html`, asOf: '2026-05-12' };
export const BATCH_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/batch-inference-supported.html`, asOf: '2026-10' };
export const THINKING_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/claude-messages-extended-thinking.html`, asOf: '2026-10' };
export const QUOTAS_PAGE: Citation = { sourceUrl: 'https://docs.aws.amazon.com/general/latest/gr/bedrock.html', asOf: '2026-10' };
export const QUOTAS_GUIDE_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/quotas-runtime.html`, asOf: '2026-10' };
export const CDK_MODELS_PAGE: Citation = {
  sourceUrl: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_bedrock.FoundationModelIdentifier.html', asOf: '2026-11-10',
};
export const ANTHROPIC_MODELS_PAGE: Citation = { sourceUrl: 'https://platform.claude.com/docs/en/about-claude/models/overview', asOf: '2026-10' };
export const ANTHROPIC_PRICING_PAGE: Citation = { sourceUrl: 'https://platform.claude.com/docs/en/about-claude/pricing', asOf: '2026-10' };
export const FOUNDRY_PAGE: Citation = { sourceUrl: 'https://ai.azure.com/catalog/models/claude-haiku-4-5', asOf: '2026-01' };
export const BOX_PAGE: Citation = {
  sourceUrl: 'https://github.com/box/developer.box.com/blob/main/content/guides/box-ai/ai-models/aws-claude-4-5-haiku-model-card.md',
  asOf: '2026-05',
};
