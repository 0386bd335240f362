import { readFileSync } from 'fs';
import { join } from 'path';
import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Token } from 'aws-cdk-lib/core';
import { Escalation } from './escalation';
import { triggersOf } from './escalation-trigger';
import { structuredOutputs, tellsNoName } from './request-defaults';
import { TokenRates } from '../catalog/token-price';
import { FileBeside, handlersFolder } from '../construct/handler-code';
import { requestRulesOf } from '../contract/card-limits';
import { DEFAULT_LEAST_MS, ESCALATION_FILE, ESCALATION_PARTS, EscalationPlan, EscalationTargets, OtherModel, Rates, RequestRules, Rung } from '../contract/escalation';
import { priceOf } from '../cost/price';
import { HaikuError } from '../private/errors';
import { IInvocableModel } from '../targets/invocable-model';

/** The models of the ladder, as the handler is told of them in its options. */
export function escalationTargets(escalation: Escalation): EscalationTargets {
  return {
    rungs: Object.fromEntries(escalation._rungs.map(({ _target, _options }, index) => {
      const verdictArn = _options.when.find(({ _function }) => _function)?._function?.functionArn;
      return [String(index + 2), { ...otherModel(_target), ...verdictArn !== undefined && { verdictArn } }];
    })),
  };
}

/** A model beside the first, as the handler calls it. */
export function otherModel(target: IInvocableModel): OtherModel {
  const { modelId, endpoint, sourceRegion: region, projectId = 'default', model } = target;
  return { modelId, endpoint, region, ...projectId !== 'default' && { projectId }, ...tellsNoName(target) && { modelName: model.modelId } };
}

/** The request rules of a target: those of its card, and what its profile has not. */
export function rulesOf(target: IInvocableModel): RequestRules {
  return { ...requestRulesOf(target.model), ...structuredOutputs(target).structuredOutputsUnsupported !== undefined && { structuredOutputs: false } };
}

/** The prices of a target's tokens; nothing if its card has none. */
export function ratesOf({ model, inferenceOption, sourceRegion }: IInvocableModel): Rates | undefined {
  // A Region that is known only at deploy time belongs to no geography with a price of its own.
  const price = priceOf(model, { inferenceOption, sourceRegion: Token.isUnresolved(sourceRegion) ? '' : sourceRegion });
  if (!price) return undefined;
  const { longContext } = price;
  return { ...rates(price), ...longContext && { longContext: { ...rates(longContext), above: longContext.aboveInputTokens } } };
}

/** The files beside the handler of a function with a ladder: its plan, and the code that the plan needs. */
export function escalationFiles(first: IInvocableModel, escalation: Escalation): FileBeside[] {
  const plan = planOf(first, escalation);
  const needed = [
    ESCALATION_PARTS.ladder,
    ...plan.rungs.some(({ when }) => 'schemaViolation' in when || when.toolInputViolation) ? [ESCALATION_PARTS.schema] : [],
    ...plan.rungs.some(({ when }) => when.verdict) ? [ESCALATION_PARTS.verdict] : [],
  ];
  return [{ name: ESCALATION_FILE, text: JSON.stringify(plan) }, ...needed.map(handlerPart)];
}

/** A file of the handlers' bundles that only some functions have. */
export function handlerPart(name: string): FileBeside {
  return { name, text: readFileSync(join(handlersFolder(), 'invoke-parts', name), 'utf8'), ofPackage: true };
}

/** Lets the function's role invoke the functions that give verdicts. */
export function grantVerdicts(role: IPrincipal, escalation: Escalation): void {
  const arns = escalation._rungs.flatMap(({ _options: { when } }) => when.flatMap(({ _function }) => _function?.functionArn ?? []));
  if (arns.length > 0) role.addToPrincipalPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: arns }));
}

/** What the handler reads of the ladder besides its models. */
export function planOf(first: IInvocableModel, escalation: Escalation): EscalationPlan {
  const { maxCost, rungsOfEvents } = escalation._options;
  const plan: EscalationPlan = {
    rates: ratesOf(first),
    rungs: escalation._rungs.map(({ _target, _options }): Rung => ({
      when: triggersOf(_options.when),
      leastMs: _options.leastTime?.toMilliseconds() ?? DEFAULT_LEAST_MS,
      rules: rulesOf(_target),
      rates: ratesOf(_target),
      maxTokens: _options.maxTokens,
    })),
    maxCost,
    rungsOfEvents: rungsOfEvents || undefined,
  };
  if (maxCost !== undefined) checkPrices(first, escalation);
  return plan;
}

function checkPrices(first: IInvocableModel, escalation: Escalation): void {
  const unpriced = [first, ...escalation._rungs.map(({ _target }) => _target)].find((target) => !ratesOf(target));
  if (!unpriced) return;
  throw new HaikuError(`maxCost needs prices, and the card of ${unpriced.model.name} has none for these calls (as of ${unpriced.model.asOf}); expected prices in the cards of all models. `
    + 'Leave maxCost out, or pass a card that has them.');
}

function rates({ inputPerMillion, outputPerMillion, cacheReadPerMillion, cacheWritePerMillion, cacheWriteOneHourPerMillion }: TokenRates): Rates {
  return {
    input: inputPerMillion,
    output: outputPerMillion,
    cacheRead: cacheReadPerMillion,
    cacheWrite: cacheWritePerMillion,
    cacheWriteOneHour: cacheWriteOneHourPerMillion,
  };
}
