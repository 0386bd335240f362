export { Citation } from './catalog/citation';
export { Geography } from './catalog/geography';
export { InferenceOption } from './catalog/inference-option';
export { ModelCard } from './catalog/model-card';
export { ModelCardNotes, PlatformName, SourceDisagreement } from './catalog/model-card-notes';
export { ModelCardProps } from './catalog/model-card-props';
export { ModelCatalog } from './catalog/model-catalog';
export { LifecycleState, ModelLifecycle, ModelLifecycleStatus, RegionLifecycle } from './catalog/model-lifecycle';
export { ModelLimits } from './catalog/model-limits';
export { GeoRoute, GeoWithoutRoutes, ModelCardRegions, RegionTable } from './catalog/model-regions';
export { CacheTtl, PromptCachingLimits } from './catalog/prompt-caching-limits';
export { BatchLimits, ServiceQuota } from './catalog/service-quota';
export { ServiceTier, ServiceTierSupport } from './catalog/service-tier';
export { EffortLevel, ThinkingSupport, ThinkingType } from './catalog/thinking-support';
export { LongContextRates, TokenPrice, TokenRates } from './catalog/token-price';
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
export { CacheCheckpoints, PromptCaching } from './invoker/prompt-caching';
export { Sampling } from './invoker/sampling';
export { ModelInvocationData } from './deploy-time/model-invocation-data';
export { ModelInvocationLogging, ModelInvocationLoggingProps } from './deploy-time/model-invocation-logging';
export { HaikuPreflight, HaikuPreflightProps } from './deploy-time/haiku-preflight';
export { PreflightAction } from './deploy-time/preflight-action';
export { UseCaseForm } from './deploy-time/use-case-form';
