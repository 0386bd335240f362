import { QUOTAS_GUIDE_PAGE } from './sources';
import { InferenceOption } from '../../inference-option';
import { ServiceQuota } from '../../service-quota';
import { batchLimits } from '../family';
import { QUOTAS_PAGE } from '../pages';

/** The quotas of Service Quotas that limit calls of the model. */
export const QUOTAS: ServiceQuota[] = [
  {
    ...QUOTAS_PAGE,
    code: 'L-CCA5DF70',
    inferenceOption: InferenceOption.GEO,
    defaultValue: 10_000,
    adjustable: true,
    name: 'Cross-region model inference requests per minute for Anthropic Claude Haiku 4.5',
  },
  {
    ...QUOTAS_PAGE,
    code: 'L-58BE175A',
    inferenceOption: InferenceOption.GEO,
    defaultValue: 5_000_000,
    adjustable: true,
    name: 'Cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5',
  },
  {
    ...QUOTAS_PAGE,
    code: 'L-E5084BBA',
    inferenceOption: InferenceOption.GLOBAL,
    defaultValue: 10_000,
    adjustable: true,
    name: 'Global cross-region model inference requests per minute for Anthropic Claude Haiku 4.5',
  },
  {
    ...QUOTAS_PAGE,
    code: 'L-9A11C666',
    inferenceOption: InferenceOption.GLOBAL,
    defaultValue: 5_000_000,
    adjustable: true,
    name: 'Global cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5',
  },
  // The two codes below come from third-party lists; AWS's own page names no code or default for them.
  // The first of them does not limit global inference, which has the second.
  {
    ...QUOTAS_GUIDE_PAGE,
    code: 'L-6120CF2D',
    inferenceOption: InferenceOption.GEO,
    adjustable: true,
    name: 'Model invocation max tokens per day for Anthropic Claude Haiku 4.5 (doubled for cross-region calls)',
  },
  {
    ...QUOTAS_GUIDE_PAGE,
    code: 'L-B5C049AE',
    inferenceOption: InferenceOption.GLOBAL,
    adjustable: false,
    name: 'Global cross-region model inference tokens per day for Anthropic Claude Haiku 4.5',
  },
];

export const BATCH_LIMITS = batchLimits('Claude Haiku 4.5', 'L-63020993', 'L-28612175', 'L-9EDE6039');
