import { Geography, InferenceRouteOptions, InferenceRouting, ModelCard, ServiceControlRule } from '../../src';
import { decide } from '../../src/iam/decision';
import { readPolicyDocument } from '../../src/iam/policy-document';
import { contextOf, KeyState } from '../../src/iam/request';
import { scpDocuments } from '../../src/organization/scp-documents';
import { ServiceControlRules } from '../../src/policy/scp-rules';
import { GEO_ROUTES, GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { RequestContext } from '../iam/condition';
import { allChecksOf } from '../iam/inference-call';
import { AuthorizationRequest } from '../iam/policy-simulator';

export const CARD = ModelCard.CLAUDE_HAIKU_4_5;

/** A way to call the model: a geography's prefix, or `global`, from a source Region. */
export interface Way {
  readonly prefix: string;
  readonly source: string;
}

/** All that are documented: 20 in geographies, 33 global. */
export const ROUTES: readonly Way[] = [...GEO_ROUTES, ...GLOBAL_SOURCES.map((source) => ({ prefix: 'global', source }))].map(({ prefix, source }) => ({ prefix, source }));

export function optionsOf({ prefix, source }: Way): InferenceRouteOptions {
  return { model: CARD, sourceRegion: source, routing: prefix === 'global' ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(prefix)) };
}

/** Every check of a call, and the profile once more with the key that AWS does not say whether it is there. */
export function callOf({ prefix, source }: Way, applicationProfileArn?: string): AuthorizationRequest[] {
  const checks = allChecksOf({ prefix, sourceRegion: source, applicationProfileArn });
  const [named] = checks;
  return [...checks, { ...named, context: { ...named.context, 'bedrock:InferenceProfileArn': named.resource } }];
}

export function documentsOf(rule: ServiceControlRule): unknown[] {
  return scpDocuments(rule._statements(new ServiceControlRules('aws'))).map(({ json }) => JSON.parse(json) as unknown);
}

/** Whether checks pass documents beside full access, all of them. */
export function judgeOf(documents: unknown[]): (...checks: AuthorizationRequest[]) => boolean {
  const read = [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }, ...documents].map(readPolicyDocument);
  expect(read.flatMap(({ problems }) => problems)).toEqual([]);
  return (...checks) => {
    expect(checks.length).toBeGreaterThan(0);
    const outcomes = checks.map(({ action, resource, context = {} }) => decide(read, { action, resource, context: contextOf(states(context), () => 'absent') }).outcome);
    expect(outcomes).not.toContain('unknown');
    return outcomes.every((outcome) => outcome === 'allowed');
  };
}

export function judgeOfRule(rule: ServiceControlRule): (...checks: AuthorizationRequest[]) => boolean {
  return judgeOf(documentsOf(rule));
}

function states(context: RequestContext): Record<string, KeyState> {
  return Object.fromEntries(Object.entries(context).map(([key, value]): [string, KeyState] => [key, value === undefined ? 'absent' : [value].flat()]));
}
