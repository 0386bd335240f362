import { Refusal } from './refusal';

/** Claude Haiku 4.5 is served on the Standard (`default`) and Reserved tiers. */
const SERVED = ['default', 'reserved'];

/** Throws what InvokeModel answers to a service tier that the model is not served on. */
export function checkServiceTier(headers: Readonly<Record<string, string>>): void {
  const tier = headers['x-amzn-bedrock-service-tier'];
  if (tier !== undefined && !SERVED.includes(tier)) throw unsupportedTier(tier);
}

/** The answer to an unsupported tier, wherever the request names it. */
export function unsupportedTier(tier: string): Refusal {
  return Refusal.validation(`The provided service tier '${tier}' is not supported for this model.`);
}
