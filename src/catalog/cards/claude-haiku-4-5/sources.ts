import { Citation } from '../../citation';
import { modelCardPage, USER_GUIDE } from '../pages';

/** The pages that this model's tables alone were read from, each with the date of the copy that was read. */
export const MODEL_CARD_PAGE = modelCardPage('claude-haiku-4-5');
export const OLDER_MODEL_CARD_PAGE: Citation = { ...MODEL_CARD_PAGE, asOf: '2026-05-12' };
export const QUOTAS_GUIDE_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/quotas-runtime.html`, asOf: '2026-10' };
export const CDK_MODELS_PAGE: Citation = {
  sourceUrl: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_bedrock.FoundationModelIdentifier.html', asOf: '2026-11-10',
};
export const ANTHROPIC_MODELS_PAGE: Citation = { sourceUrl: 'https://platform.claude.com/docs/en/about-claude/models/overview', asOf: '2026-10' };
export const COUNT_TOKENS_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/count-tokens.html`, asOf: '2026-10' };
export const VERCEL_PAGE: Citation = { sourceUrl: 'https://vercel.com/ai-gateway/models/claude-haiku-4.5/api', asOf: '2026-11' };
export const FOUNDRY_PAGE: Citation = { sourceUrl: 'https://ai.azure.com/catalog/models/claude-haiku-4-5', asOf: '2026-01' };
export const BOX_PAGE: Citation = {
  sourceUrl: 'https://github.com/box/developer.box.com/blob/main/content/guides/box-ai/ai-models/aws-claude-4-5-haiku-model-card.md',
  asOf: '2026-05',
};
