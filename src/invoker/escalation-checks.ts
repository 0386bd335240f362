import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checkCardFeatures } from './card-feature-checks';
import { Escalation } from './escalation';
import { HaikuInvokerProps } from './haiku-invoker-props';
import { checkTargetFeatures, streamsAnswers } from './request-checks';
import { ThinkingType } from '../catalog/thinking-support';
import { knownToDiffer } from '../construct/tokens';
import { DEFAULT_LEAST_MS } from '../contract/escalation';
import { isBranded } from '../private/brand';
import { HaikuError, shown, shownList } from '../private/errors';
import { checkWholeNumber } from '../private/prop-kind';
import { decide } from '../routing/decision';
import { IApplicationInferenceProfile } from '../targets/application-inference-profile';
import { CrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel } from '../targets/invocable-model';

/** Refuses a ladder that the function cannot climb, or that leads where the first model never runs. */
export function checkEscalation(scope: IConstruct, first: IInvocableModel, props: HaikuInvokerProps, timeout: Duration): void {
  if (!props.escalation) return;
  const rungs = props.escalation._rungs;
  rungs.forEach((rung, index) => {
    const below = [first, ...rungs.slice(0, index).map(({ _target }) => _target)];
    checkNotAskedBefore(scope, rung, below);
    checkDestinations('escalation', first, rung._target, rung._options.allowOtherDestinations);
    checkOtherModel(scope, first, rung._target, props);
    checkWholeNumber('maxTokens', rung._options.maxTokens, [1, rung._target.model.limits?.maxOutputTokens], `${rung._target.model.name} writes no more.`);
    checkTimes(rung, timeout);
    checkVerdict(scope, rung);
  });
  warnOfStreams(scope, rungs, props);
}

/** Refuses a model beside the first that does not take what the props say of every call. What events say is made over for it. */
export function checkOtherModel(scope: IConstruct, first: IInvocableModel, other: IInvocableModel, props: HaikuInvokerProps): void {
  const { promptCaching, serviceTier, thinkingBudgetTokens, guardrail } = props;
  checkTargetFeatures(other, props);
  checkCardFeatures(other.model, { promptCaching, serviceTier });
  const types = other.model.limits?.thinking?.types;
  if (thinkingBudgetTokens !== undefined && types && !types.includes(ThinkingType.ENABLED) && !types.includes(ThinkingType.ADAPTIVE)) {
    throw new HaikuError(`thinkingBudgetTokens cannot be made over for ${other.model.name}, got ${shown(thinkingBudgetTokens)}: it does not think (as of ${other.model.limits!.asOf}). `
      + 'Leave thinkingBudgetTokens out, or choose a model that thinks.');
  }
  if (guardrail && !guardrail._isArn && knownToDiffer(first.sourceRegion, other.sourceRegion)) {
    throw new HaikuError(`guardrail is one of ${shown(first.sourceRegion)}, and ${other.model.name} is called from ${shown(other.sourceRegion)}, got the ID ${shown(guardrail.guardrailIdentifier)}; `
      + 'expected all models in the Region of the guardrail. Choose a target in that Region.');
  }
  if (knownToDiffer(Stack.of(other).account, Stack.of(scope).account) && Token.isUnresolved(other.modelId)) {
    throw new HaikuError(`${other.model.name} is called through a profile that another account makes, got ${shown(other)}; expected one whose ARN is known. Deploy it first, and import it by its ARN.`);
  }
}

/** A ladder that ends in itself asks the same again. Through another profile only a model that was not to be had may answer otherwise. */
function checkNotAskedBefore(scope: IConstruct, { _target: target, _options: { when } }: Escalation, below: IInvocableModel[]): void {
  const idOf = ({ modelId, sourceRegion }: IInvocableModel) => JSON.stringify(Stack.of(scope).resolve([modelId, sourceRegion]));
  if (below.some((other) => idOf(other) === idOf(target))) {
    throw new HaikuError(`escalation ends in itself, got ${target.model.name} twice; expected another model, since the same one was asked before. Choose a stronger one, or leave the rung out.`);
  }
  const others = when.filter(({ _name }) => _name !== 'unavailable').map(({ _name }) => _name);
  if (others.length > 0 && below.some(({ model }) => model.modelId === target.model.modelId)) {
    throw new HaikuError(`escalation asks ${target.model.name} again, through another profile, got the triggers ${shownList(others)}; `
      + 'expected EscalationTrigger.unavailable() alone, since the same model is no better at the rest. Choose a stronger model, or leave those triggers out.');
  }
}

/** Where requests of a target may run that are sent from a Region. */
function destinationsFrom(target: IInvocableModel, region: string): string[] | 'any Region' | undefined {
  const profile = profileOf(target);
  if (!profile) return [Token.isUnresolved(target.sourceRegion) ? region : target.sourceRegion];
  if (!Token.isUnresolved(profile.sourceRegion)) return profile.destinationRegions ?? 'any Region';
  const decision = decide(profile.model, profile._routing, region);
  return 'route' in decision ? decision.route.destinationRegions ?? 'any Region' : undefined;
}

/** Refuses a model that may run where the first never does, unless that is allowed out loud. */
export function checkDestinations(prop: string, first: IInvocableModel, target: IInvocableModel, allowed = false): void {
  if (allowed) return;
  // In a stack of any Region each Region is looked at that the first model can be called from; the others fail when they are deployed.
  const regions = Token.isUnresolved(first.sourceRegion) ? profileOf(first)?._route._sourceRegions ?? target.model.regions : [first.sourceRegion];
  for (const region of regions) {
    const [held, reached] = [destinationsFrom(first, region), destinationsFrom(target, region)];
    if (held === 'any Region' || !held || !reached) continue;
    const outside = reached === 'any Region' ? reached : reached.filter((place) => !held.includes(place));
    if (outside.length === 0) continue;
    throw new HaikuError(
      `${prop} leaves the Regions of the first model, got ${target.model.name}, which from ${shown(region)} may run in ${outside === 'any Region' ? outside : shownList(outside)}; `
      + `expected ${shownList(held)} only, where ${first.model.name} may run. Choose a target in the same geography, or set allowOtherDestinations to true if prompts may go there.`);
  }
}

function profileOf(target: IInvocableModel): CrossRegionInferenceProfile | undefined {
  if (isBranded(target, 'CrossRegionInferenceProfile')) return target as CrossRegionInferenceProfile;
  return isBranded(target, 'ApplicationInferenceProfile') ? (target as IApplicationInferenceProfile).copyFrom as CrossRegionInferenceProfile : undefined;
}

function checkTimes({ _target: { model }, _options: { leastTime, when } }: Escalation, timeout: Duration): void {
  if (timeout.isUnresolved()) return;
  const least = leastTime?.toMilliseconds() ?? DEFAULT_LEAST_MS;
  if (least >= timeout.toMilliseconds()) {
    throw new HaikuError(`leastTime leaves no time to ask ${model.name}, got ${shown(Duration.millis(least).toString())} of the function's ${shown(timeout.toString())}; `
      + 'expected less than the timeout. Raise timeout, or pass a shorter leastTime.');
  }
  const limit = (when.find(({ _name }) => _name === 'verdict')?._value as { timeLimitMs: number } | undefined)?.timeLimitMs;
  if (limit === undefined || limit < timeout.toMilliseconds()) return;
  throw new HaikuError(`timeLimit of a verdict is as long as the function's timeout, got ${shown(Duration.millis(limit).toString())}; expected less than ${shown(timeout.toString())}. Shorten it.`);
}

function checkVerdict(scope: IConstruct, { _options: { when } }: Escalation): void {
  const decider = when.find(({ _function }) => _function)?._function;
  if (!decider || !knownToDiffer(decider.env.account, Stack.of(scope).account)) return;
  throw new HaikuError(`decider is a function of another account, got one of ${shown(decider.env.account)}; expected one of ${shown(Stack.of(scope).account)}, where the invoker runs. Make the function there.`);
}

function warnOfStreams(scope: IConstruct, rungs: Escalation[], props: HaikuInvokerProps): void {
  if (!streamsAnswers(props) || rungs[0]._options.when.some(({ _name }) => _name === 'unavailable')) return;
  Annotations.of(scope).addWarningV2('cdk-bedrock-haiku:HaikuInvoker.escalationOfStreams',
    'Streamed answers are passed on as they are written, so none of the escalation\'s triggers can hold for them: only answers that come whole are asked again. '
    + 'Add EscalationTrigger.unavailable(), which holds before the first byte, or acknowledge this.');
}
