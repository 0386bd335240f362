import { QUOTAS_GUIDE_PAGE, QUOTAS_PAGE } from './sources';
import { ServiceQuota } from '../service-quota';

/** The quotas of Service Quotas that limit calls of the model. */
export const QUOTAS: ServiceQuota[] = [
  {
    ...QUOTAS_PAGE,
    code: 'L-CCA5DF70',
    defaultValue: 10_000,
    adjustable: true,
    name: 'Cross-region model inference requests per minute for Anthropic Claude Haiku 4.5',
  },
  {
    ...QUOTAS_PAGE,
    code: 'L-58BE175A',
    defaultValue: 5_000_000,
    adjustable: true,
    name: 'Cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5',
  },
  {
    ...QUOTAS_PAGE,
    code: 'L-E5084BBA',
    defaultValue: 10_000,
    adjustable: true,
    name: 'Global cross-region model inference requests per minute for Anthropic Claude Haiku 4.5',
  },
  {
    ...QUOTAS_PAGE,
    code: 'L-9A11C666',
    defaultValue: 5_000_000,
    adjustable: true,
    name: 'Global cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5',
  },
  // The two codes below come from third-party lists; AWS's own page names no code or default for them.
  {
    ...QUOTAS_GUIDE_PAGE,
    code: 'L-6120CF2D',
    adjustable: true,
    name: 'Model invocation max tokens per day for Anthropic Claude Haiku 4.5 (doubled for cross-region calls)',
  },
  {
    ...QUOTAS_GUIDE_PAGE,
    code: 'L-B5C049AE',
    adjustable: false,
    name: 'Global cross-region model inference tokens per day for Anthropic Claude Haiku 4.5',
  },
];
