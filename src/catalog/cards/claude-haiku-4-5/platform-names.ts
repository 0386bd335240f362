import { ANTHROPIC_MODELS_PAGE, BOX_PAGE, CDK_MODELS_PAGE, FOUNDRY_PAGE, VERCEL_PAGE } from './sources';
import { PlatformName } from '../../platform-name';

/** What other platforms call the model. The names on Amazon Bedrock follow from the card itself. */
export const PLATFORM_NAMES: PlatformName[] = [
  { ...ANTHROPIC_MODELS_PAGE, platform: 'Claude API (alias)', name: 'claude-haiku-4-5' },
  { ...ANTHROPIC_MODELS_PAGE, platform: 'Claude API', name: 'claude-haiku-4-5-20251001' },
  { ...ANTHROPIC_MODELS_PAGE, platform: 'Google Cloud Vertex AI', name: 'claude-haiku-4-5@20251001' },
  { ...FOUNDRY_PAGE, platform: 'Microsoft Foundry', name: 'claude-haiku-4-5' },
  { ...BOX_PAGE, platform: 'Box AI', name: 'aws__claude_4_5_haiku' },
  { ...BOX_PAGE, platform: 'Box AI (display name)', name: 'AWS Claude Haiku 4.5' },
  { ...VERCEL_PAGE, platform: 'Vercel AI Gateway', name: 'anthropic/claude-haiku-4.5' },
  { ...CDK_MODELS_PAGE, platform: 'AWS CDK', name: 'ANTHROPIC_CLAUDE_HAIKU_4_5_20251001_V1_0' },
];
