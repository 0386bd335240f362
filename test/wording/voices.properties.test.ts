import { Command } from 'commander';
import * as fc from 'fast-check';
import * as library from '../../src';
import { chosenRouting } from '../../src/cli/chosen';
import { cardCommand } from '../../src/cli/online-commands';
import { routeCommand } from '../../src/cli/route';
import { decide } from '../../src/routing/decision';
import { Finding, Remedy } from '../../src/routing/finding';
import { readProfileId } from '../../src/routing/profile-id';
import { commandLineText } from '../../src/wording/command-line';
import { libraryText } from '../../src/wording/library';
import { inRegionFinding } from '../routing/in-region-finding';
import { randomCard, randomRegion, randomRouting } from '../routing/random-card';
import '../property-seed';

/** Every finding that a card, a routing, a Region and allowed Regions can have. */
const found = fc.record({
  card: fc.oneof(randomCard, fc.constant(library.ModelCard.CLAUDE_HAIKU_4_5)),
  routing: randomRouting,
  region: fc.oneof({ weight: 9, arbitrary: randomRegion }, { weight: 1, arbitrary: fc.constantFrom('eu-north-9', '', 'Paris') }),
  allowed: fc.option(fc.uniqueArray(randomRegion, { minLength: 1 }), { nil: undefined }),
  id: fc.constantFrom('x', 'anthropic.mine', 'anthropic.mine-v1:0', 'eu.anthropic.mine-v1:0', 'eu.eu.anthropic.mine-v1:0', 'apac.anthropic.mine-v1:0', 'arn:aws:x'),
  known: fc.boolean(),
}).map(({ card, routing, region, allowed, id, known }) => {
  const asked = [decide(card, routing, region, allowed), readProfileId(card, id, known ? region : undefined)];
  const served = inRegionFinding(card, region);
  return { card, region, allowed, findings: [...asked.flatMap((answer) => 'finding' in answer ? [answer.finding] : []), ...served ? [served] : []] };
}).filter(({ findings }) => findings.length > 0);

const EXPRESSION = /\b[A-Z]\w*\.\w+(?:\((?:[^()]|\([^()]*\))*\))?/g;

/** What the expressions in a text come to, against the package. */
function evaluated(text: string): unknown[] {
  return (text.match(EXPRESSION) ?? []).map((expression) =>
    // What users would paste is run as they would run it.
    new Function(...Object.keys(library), `return ${expression};`)(...Object.values(library)) as unknown);
}

function remediesOf({ remedies }: Finding, kind: Remedy['kind']): readonly Remedy[] {
  return remedies.filter((remedy) => remedy.kind === kind);
}

function regionsOf(finding: Finding, kind: Remedy['kind']): readonly string[] {
  return remediesOf(finding, kind).flatMap((remedy) => 'regions' in remedy ? remedy.regions : []);
}

test('the library names only calls that run, and each gives a route', () => {
  let runs = 0;
  fc.assert(fc.property(found, ({ card, region, findings }) => {
    for (const finding of findings) {
      const text = libraryText(finding);
      const routings = evaluated(text);
      expect(routings.every((value) => value instanceof library.InferenceRouting)).toBe(true);
      const geographies = finding.remedies.flatMap((remedy) => 'geographies' in remedy ? remedy.geographies : []);
      expect(routings).toHaveLength(geographies.length + remediesOf(finding, library.RoutingRemedyKind.CHOOSE_GLOBAL).length);
      for (const routing of routings as library.InferenceRouting[]) {
        expect(library.InferenceRouter.route({ model: card, routing, sourceRegion: region }).route).toBeDefined();
        runs++;
      }
      // What is left are classes of the package and props.
      for (const [name] of text.replace(EXPRESSION, '').matchAll(/\b[A-Z][a-z]+[A-Z]\w*|\b[a-z]+[A-Z]\w*/g)) {
        if (name === 'allowedRegions') continue;
        expect(name in library || name in library.ModelCard.CLAUDE_HAIKU_4_5).toBe(true);
      }
    }
  }), { numRuns: 300 });
  expect(runs).toBeGreaterThan(50);
});

test('the command line names only options that it takes, and each gives a route', () => {
  const command = (create: (perform: () => Promise<void>) => Command) => create(async () => {}).exitOverride();
  fc.assert(fc.property(found, ({ card, region, findings }) => {
    for (const finding of findings) {
      const text = commandLineText(finding);
      expect(text).not.toMatch(/InferenceRouting|InferenceProfile|InRegionInference|ModelCard|Geography\.|allowedRegions/);
      for (const [, name, option, value] of text.matchAll(/(card )?(--[a-z-]+)(?: ([a-z-]+))?/g)) {
        const { options } = command(name ? cardCommand : routeCommand);
        const taken = options.find(({ long }) => long === option);
        expect(taken).toBeDefined();
        command(name ? cardCommand : routeCommand).parse(
          [...name ? [] : ['--from', 'eu-west-1'], option, ...taken!.required ? [value] : []], { from: 'user' });
        if (option !== '--geo' && (option !== '--global' || remediesOf(finding, library.RoutingRemedyKind.CHOOSE_GLOBAL).length === 0)) continue;
        const routing = chosenRouting(option === '--geo' ? { geo: value } : { global: true }, card);
        expect('route' in decide(card, routing, region)).toBe(true);
      }
    }
  }), { numRuns: 300 });
});

test.each([['library', libraryText], ['command line', commandLineText]])('the %s names no Region and no number that is not in the finding', (_, text) => {
  fc.assert(fc.property(found, ({ card, findings }) => {
    for (const finding of findings) {
      const { model, asOf, sourceRegion, given, allowed, remedies } = finding;
      const values = [sourceRegion ?? '', ...given, ...allowed, ...remedies.flatMap((remedy) => 'regions' in remedy ? remedy.regions : [])].map(String);
      const said = text(finding);
      expect((said.match(/\b[a-z]{2}(?:-[a-z]+)+-\d+/g) ?? []).filter((region) => !values.includes(region))).toEqual([]);
      const known = [...values, model, asOf, ...card.inferenceProfileIds].filter((value) => value !== '').sort((a, b) => b.length - a.length);
      expect(known.reduce((rest, value) => rest.replaceAll(value, 'X'), said)).not.toMatch(/\d|undefined|\[object|null|  | ,|one of \(/);
    }
  }), { numRuns: 300 });
});

test('what a finding about allowed Regions advises gives a route', () => {
  fc.assert(fc.property(found, ({ card, allowed, findings }) => {
    for (const finding of findings) {
      if (finding.code !== library.RoutingFindingCode.DESTINATION_NOT_ALLOWED || !finding.geography) continue;
      const routing = library.InferenceRouting.geo(finding.geography);
      const more = regionsOf(finding, library.RoutingRemedyKind.ALLOW_REGIONS);
      expect('route' in decide(card, routing, finding.sourceRegion!, [...allowed!, ...more])).toBe(true);
      expect(regionsOf(finding, library.RoutingRemedyKind.CHOOSE_SOURCE_REGION).every((region) => 'route' in decide(card, routing, region, allowed))).toBe(true);
    }
  }), { numRuns: 500 });
});
