import * as fc from 'fast-check';
import { calling, documented, found, scanned, Statement } from './templates';
import { GEO_ROUTES } from '../fixtures/documented-regions';
import '../property-seed';

const routes = fc.constantFrom(...GEO_ROUTES);
const UNKNOWN = { Parameters: { Open: { Type: 'String' } } };

test('a policy without one destination is found to lack that one, and no other', () => {
  fc.assert(fc.property(routes, fc.nat(), ({ prefix, source, destinations }, pick) => {
    const left = destinations[pick % destinations.length];
    const [profile, models] = documented(prefix, source) as [Statement, Statement];
    const resources = (models.Resource as string[]).filter((arn) => !arn.includes(`:${left}:`));
    fc.pre(resources.length > 0);
    const { findings } = scanned(calling(prefix, [profile, { ...models, Resource: resources }]), { region: source });
    expect(findings.map(({ rule }) => rule)).toEqual(['missing-destination']);
    expect(findings[0].message).toContain(`and the model not in ${left}:`);
  }), { numRuns: 40 });
});

test('however a complete policy is cut into statements and in whatever order, it stays in order', () => {
  fc.assert(fc.property(routes, fc.infiniteStream(fc.nat()), ({ prefix, source }, random) => {
    const [profile, models] = documented(prefix, source) as [Statement, Statement];
    const cut = (models.Resource as string[]).map((Resource) => ({ ...models, Resource }));
    const shuffled = [profile, ...cut].map((statement) => ({ statement, place: random.next().value })).sort((one, other) => one.place - other.place);
    expect(found(source, calling(prefix, shuffled.map(({ statement }) => statement)))).toEqual([]);
  }), { numRuns: 30 });
});

test('a value that cannot be known neither passes nor fails a check, and beside a complete policy it is nothing', () => {
  fc.assert(fc.property(routes, fc.constantFrom('Resource', 'Action', 'Condition'), ({ prefix, source }, element) => {
    const [profile, models] = documented(prefix, source) as [Statement, Statement];
    const open = { ...models, [element]: element === 'Condition' ? { StringEquals: { 'bedrock:InferenceProfileArn': { Ref: 'Open' } } } : { Ref: 'Open' } };
    expect(found(source, calling(prefix, [profile, open]), { template: UNKNOWN })).toEqual(['could-not-check at Fn']);
    expect(found(source, calling(prefix, [profile, models, open]), { template: UNKNOWN })).toEqual([]);
  }), { numRuns: 30 });
});
