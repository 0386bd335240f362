import type { RegionState, WireProfile } from './wire';
import regions from '../../fixtures/regions.json';

const { modelId } = regions;
const geo = regions.geo as Record<string, Record<string, string[]>>;
const globalSources = Object.values(regions.globalSources).flat();
const QUOTAS = { 'L-CCA5DF70': 10_000, 'L-58BE175A': 5_000_000, 'L-E5084BBA': 10_000, 'L-9A11C666': 5_000_000, 'L-6120CF2D': 7_200_000_000, 'L-B5C049AE': 7_200_000_000 };

/** Every documented source Region, enabled and ready, filled from the published tables as a reader took them down. */
export function documentedRegions(account: string): Map<string, RegionState> {
  const sources = new Set([...Object.values(geo).flatMap((rows) => Object.keys(rows)), ...globalSources]);
  return new Map([...sources].sort().map((region) => [region, readyRegion(account, region)]));
}

/** A Region that can call the model in every way that is documented for it. */
export function readyRegion(account: string, region: string): RegionState {
  const prefixes = Object.keys(geo).filter((prefix) => region in geo[prefix]);
  return {
    enabled: true,
    profiles: [
      ...prefixes.map((prefix) => profile(account, region, prefix, geo[prefix][region])),
      ...(globalSources.includes(region) ? [profile(account, region, 'global', ['', region])] : []),
    ],
    model: {
      modelArn: `arn:aws:bedrock:${region}::foundation-model/${modelId}`,
      modelId,
      modelName: 'Claude Haiku 4.5',
      providerName: 'Anthropic',
      inputModalities: ['TEXT', 'IMAGE'],
      outputModalities: ['TEXT'],
      responseStreamingSupported: true,
      customizationsSupported: [],
      inferenceTypesSupported: [],
      modelLifecycle: { status: 'ACTIVE', startOfLifeTime: '2025-10-16T00:00:00Z' },
    },
    availability: {
      modelId,
      agreementAvailability: { status: 'AVAILABLE' },
      authorizationStatus: 'AUTHORIZED',
      entitlementAvailability: 'AVAILABLE',
      regionAvailability: 'AVAILABLE',
    },
    useCaseForm: Buffer.from('{"companyName":"Example"}').toString('base64'),
    quotas: { ...QUOTAS },
  };
}

/** A system-defined inference profile. A destination `''` is the foundation model without a Region. */
export function profile(account: string, region: string, prefix: string, destinations: string[], model = modelId): WireProfile {
  const inferenceProfileId = `${prefix}.${model}`;
  return {
    inferenceProfileName: `${prefix.toUpperCase()} Anthropic Claude Haiku 4.5`,
    description: 'Routes requests to Anthropic Claude Haiku 4.5.',
    createdAt: '2025-10-15T00:00:00Z',
    updatedAt: '2026-09-01T00:00:00Z',
    inferenceProfileArn: `arn:aws:bedrock:${region}:${account}:inference-profile/${inferenceProfileId}`,
    models: destinations.map((destination) => ({ modelArn: `arn:aws:bedrock:${destination}::foundation-model/${model}` })),
    inferenceProfileId,
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
  };
}
