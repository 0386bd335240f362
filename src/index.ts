export { BatchLimits } from './catalog/batch-limits';
export { Citation } from './catalog/citation';
export { Geography } from './catalog/geography';
export { GeoRoute } from './catalog/geo-route';
export { InferenceOption } from './catalog/inference-option';
export { ModelCard } from './catalog/model-card';
export { ModelCardProps, ModelCardRegions } from './catalog/model-card-props';
export { ModelCatalog } from './catalog/model-catalog';
export { ModelLifecycle, ModelLifecycleStatus } from './catalog/model-lifecycle';
export { ModelLimits } from './catalog/model-limits';
export { PlatformName } from './catalog/platform-name';
export { PromptCachingLimits } from './catalog/prompt-caching-limits';
export { RegionTable } from './catalog/region-table';
export { ServiceQuota } from './catalog/service-quota';
export { ServiceTierSupport } from './catalog/service-tier-support';
export { SourceDisagreement } from './catalog/source-disagreement';
export { TokenPrice } from './catalog/token-price';
export { RoutingFindingCode, RoutingFindingSubject, RoutingRemedyKind } from './routing/finding';
export { InferenceRouting } from './routing/inference-routing';
export { InferenceRoute } from './routing/route';
export { InferenceRouteOptions, InferenceRouter, RoutingDecision, RoutingFinding, RoutingRemedy } from './wording/inference-router';
export {
  ApplicationInferenceProfile, ApplicationInferenceProfileAttributes, ApplicationInferenceProfileProps, ApplicationInferenceProfileReference,
  IApplicationInferenceProfile,
} from './targets/application-inference-profile';
export {
  CrossRegionInferenceProfile, CrossRegionInferenceProfileOptions, CrossRegionInferenceProfileProps, ICrossRegionInferenceProfile,
} from './targets/cross-region-inference-profile';
export { InRegionInference, InRegionInferenceProps } from './targets/in-region-inference';
export { IInvocableModel, IInvocationGrants, InferenceEndpoint } from './targets/invocable-model';
export { HaikuInvoker } from './invoker/haiku-invoker';
export { HaikuInvokerGrants } from './invoker/haiku-invoker-grants';
export { IHaikuInvoker } from './invoker/haiku-invoker-interface';
export { HaikuInvokerProps, InvokerApi } from './invoker/haiku-invoker-props';
export { InvokerAlias } from './invoker/invoker-alias';
export { InvokerFunctionProps } from './invoker/invoker-function-props';
export { InvokerFunctionUrl, InvokerFunctionUrlOptions } from './invoker/invoker-function-url';
export { InvokerGuardrail, InvokerGuardrailOptions } from './invoker/invoker-guardrail';
export { InvokerRetry } from './invoker/invoker-retry';
export { LockedField } from './invoker/locked-field';
export { CacheCheckpoints, CacheTtl, PromptCaching } from './invoker/prompt-caching';
export { Sampling } from './invoker/sampling';
export { ServiceTier } from './invoker/service-tier';
export { SystemPromptSource } from './invoker/system-prompt-source';
export { ModelInvocationData } from './deploy-time/model-invocation-data';
export { ModelInvocationLogging, ModelInvocationLoggingProps } from './deploy-time/model-invocation-logging';
export { HaikuPreflight, HaikuPreflightProps } from './deploy-time/haiku-preflight';
export { PreflightAction } from './deploy-time/preflight-action';
export { UseCaseForm } from './deploy-time/use-case-form';
