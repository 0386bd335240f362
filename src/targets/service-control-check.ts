import { Annotations, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ModelCard } from '../catalog/model-card';
import { Text } from '../iam/pattern';
import { CallKind } from '../organization/inference-call';
import { Reach, Verdict } from '../organization/reach';
import { ServiceControlPolicies } from '../organization/service-control-policies';
import { shownAsNo } from '../private/brand';
import { HaikuError, shownList } from '../private/errors';
import { Unknown } from '../private/unknown';
import { decide } from '../routing/decision';
import { InferenceRouting } from '../routing/inference-routing';
import { Route } from '../routing/route';
import { barriersOf, barrierText } from '../wording/reach-text';

const NAME_CALLER = 'Name the caller: pass its ARN as principalArn to ServiceControlPolicies.fromFile(...).';

/** Whose calls are judged. */
interface Judged {
  /** The construct that is called, and its class, which the ids of warnings begin with. */
  readonly scope: Construct;
  readonly className: string;
  readonly profile: { readonly model: ModelCard; readonly _routing: InferenceRouting; readonly _route: Route };
  readonly applicationProfileArn?: string;
}

/**
 * Throws if service control policies block the calls of a profile, from every Region that it can be called from. Warns if they block some
 * of these Regions, or streaming alone, and where it is not known.
 */
export function checkServiceControlPolicies(given: unknown, { scope, className, profile, applicationProfileArn }: Judged): void {
  if (given === undefined) return;
  const policies = ServiceControlPolicies._own(given);
  if (!policies) {
    throw new HaikuError(
      `serviceControlPolicies are not ServiceControlPolicies, got ${shownAsNo('ServiceControlPolicies', given)}; `
      + 'expected ServiceControlPolicies.fromFile(...). Change it, or leave serviceControlPolicies out.');
  }
  // Those of another copy of this package are read anew.
  const [model, routing] = [ModelCard._own(profile.model)!, InferenceRouting._own(profile._routing)!];
  const account = textOf(Stack.of(scope).account, 'AWS::AccountId');
  const judged = (kind: CallKind) => (profile._route._sourceRegions ?? [profile._route.sourceRegion]).flatMap((region): RegionReach[] => {
    const decision = decide(model, routing, region);
    if ('finding' in decision) return [];
    const { route } = decision;
    const arn = applicationProfileArn === undefined ? undefined : applicationProfile(applicationProfileArn, route._partition, region, account);
    return [{ region, reach: policies._reach(kind, { route, account, applicationProfileArn: arn }) }];
  });
  const [calls, streams] = [judged('invoke'), judged('stream')];
  const [blocked, streamsBlocked, unknown] = [of(calls, 'blocked'), of(streams, 'blocked'), of(calls, 'unknown')];
  const policiesOf = `service control policies of ${policies._path}`;
  const warn = (id: string, text: string) => Annotations.of(scope).addWarningV2(`cdk-bedrock-haiku:${className}.${id}`, text);
  if (blocked.length > 0) {
    const text = `The ${policiesOf} block ${said(model, blocked, 'blocked')}`;
    if (blocked.length === calls.length) throw new HaikuError(text);
    warn('serviceControlPoliciesBlock', text);
  } else if (streamsBlocked.length > 0) {
    warn('serviceControlPoliciesBlock', `The ${policiesOf} block streaming of ${said(model, streamsBlocked, 'blocked')}`);
  }
  if (unknown.length > 0) warn('serviceControlPoliciesUnknown', `It is not known whether the ${policiesOf} block ${said(model, unknown, 'unknown')}`);
}

/** What policies say of calls from a Region. */
interface RegionReach {
  readonly region: string;
  readonly reach: Reach;
}

function of(judged: RegionReach[], verdict: Verdict): RegionReach[] {
  return judged.filter(({ reach }) => reach.verdict === verdict);
}

/** Every Region, and the reasons in the first: those in the others are alike. */
function said(model: ModelCard, found: RegionReach[], verdict: Verdict): string {
  const reasons = barriersOf(found[0].reach).filter(({ barrier }) => (barrier.unknown !== undefined) === (verdict === 'unknown'));
  return `${model.name} from ${shownList(found.map(({ region }) => region))}. ${reasons.map((reason) => barrierText(reason, NAME_CALLER)).join(' ')}`;
}

/** A value that may be known only when the stack is deployed. */
function textOf(value: string, source: string): Text {
  return Token.isUnresolved(value) ? Unknown.of(source) : value;
}

function applicationProfile(arn: string, partition: string, region: string, account: Text): Text {
  if (!Token.isUnresolved(arn)) return arn;
  return Unknown.joined([`arn:${partition}:bedrock:${region}:`, account, ':application-inference-profile/', Unknown.of('the ID of the application inference profile')]);
}
