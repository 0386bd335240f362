import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { Decision, decide } from '../../src/routing/decision';
import { Finding } from '../../src/routing/finding';
import { readProfileId } from '../../src/routing/profile-id';
import { commandLineText } from '../../src/wording/command-line';
import { libraryText } from '../../src/wording/library';
import { MANTLE_MODEL_ID, MODEL_ID } from '../fixtures/documented-regions';
import { CITED } from '../kit/stack';
import { inRegionFinding } from '../routing/in-region-finding';

// The sentences stand here and nowhere else: other tests compare codes, or call the renderer.

const card = ModelCard.CLAUDE_HAIKU_4_5;
const EU_SOURCES = '"eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"';
const GEO_SOURCES = '"ap-northeast-1", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-2", "ap-southeast-4", "ap-southeast-6", '
  + `"ca-central-1", ${EU_SOURCES}, "us-east-1", "us-east-2", "us-west-1", "us-west-2"`;
const SOURCES = '"af-south-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", '
  + '"ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", '
  + `${EU_SOURCES}, "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"`;
const RESIDENCY = 'Prompts and answers may then be processed in any commercial AWS Region, so data can leave its geography.';

const EU = InferenceRouting.geo(Geography.EU);
const GLOBAL = InferenceRouting.globalCrossRegion();
const OWN = InferenceRouting.sourceGeography();
const row = (geography: Geography, region: string) => ({ ...CITED, geography, sourceRegion: region, destinationRegions: [region] });
const MINE = ModelCard.of({
  ...CITED,
  name: 'Mine',
  modelId: 'anthropic.mine-v1:0',
  geoRoutes: [row(Geography.EU, 'eu-west-1'), row(Geography.of('dach'), 'eu-west-1'), row(Geography.US, 'us-east-1')],
});
const MANTLE_ONLY = ModelCard.of({ ...CITED, name: 'Mantle Only', modelId: 'anthropic.mine-v1:0', mantleModelId: 'anthropic.mine', inRegionOnMantle: { ...CITED, regions: ['eu-west-1'] } });
const GLOBAL_ONLY = ModelCard.of({ ...CITED, name: 'Global Only', modelId: 'anthropic.mine-v1:0', globalSources: { ...CITED, regions: ['eu-west-1'] } });

function of(decision: Decision | ReturnType<typeof readProfileId>): Finding {
  if ('finding' in decision) return decision.finding;
  throw new Error('There is no finding.');
}

/** What is said, but for the advice; then the advice to who writes an app, and to who is at the command line. */
test.each<[string, Finding, string, string, string]>([
  ['outside a geography, in another one', of(decide(card, EU, 'us-east-1')),
    `Source Region is outside Geo EU, got "us-east-1"; expected one of ${EU_SOURCES} (as of 2026-10).`,
    '"us-east-1" belongs to Geo US: use InferenceRouting.geo(Geography.US) there.',
    '"us-east-1" belongs to Geo US: use --geo us there.'],
  ['outside a geography, in several others', of(decide(MINE, InferenceRouting.geo(Geography.US), 'eu-west-1')),
    'Source Region is outside Geo US, got "eu-west-1"; expected one of "us-east-1" (as of 2026-11).',
    '"eu-west-1" belongs to Geo EU and Geo DACH: use InferenceRouting.geo(Geography.EU) or InferenceRouting.geo(Geography.of("dach")) there.',
    '"eu-west-1" belongs to Geo EU and Geo DACH: use --geo eu or --geo dach there.'],
  ['outside a geography, in none', of(decide(card, EU, 'sa-east-1')),
    `Source Region is outside Geo EU, got "sa-east-1"; expected one of ${EU_SOURCES} (as of 2026-10).`,
    'From "sa-east-1" only Global cross-Region inference serves Claude Haiku 4.5, and it must be chosen explicitly: '
    + `use InferenceRouting.globalCrossRegion(). ${RESIDENCY}`,
    `From "sa-east-1" only Global cross-Region inference serves Claude Haiku 4.5, and it must be chosen explicitly: use --global. ${RESIDENCY}`],
  ['without a geography', of(decide(card, OWN, 'af-south-1')),
    `Source Region has no geography for Claude Haiku 4.5, got "af-south-1"; expected one of ${GEO_SOURCES} (as of 2026-10).`,
    'From "af-south-1" only Global cross-Region inference serves Claude Haiku 4.5, and it must be chosen explicitly: '
    + `use InferenceRouting.globalCrossRegion(). ${RESIDENCY}`,
    `From "af-south-1" only Global cross-Region inference serves Claude Haiku 4.5, and it must be chosen explicitly: use --global. ${RESIDENCY}`],
  ['without a geography, of a card without any', of(decide(GLOBAL_ONLY, OWN, 'eu-west-1')),
    'Source Region has no geography for Global Only, got "eu-west-1", and the card of Global Only lists none (as of 2026-11).',
    `From "eu-west-1" only Global cross-Region inference serves Global Only, and it must be chosen explicitly: use InferenceRouting.globalCrossRegion(). ${RESIDENCY}`,
    `From "eu-west-1" only Global cross-Region inference serves Global Only, and it must be chosen explicitly: use --global. ${RESIDENCY}`],
  ['a geography that is not published', of(decide(card, InferenceRouting.geo(Geography.of('apac')), 'ap-southeast-2')),
    'Geography is not published for Claude Haiku 4.5, got "apac"; expected one of "us", "eu", "au", "jp", "in" (as of 2026-10).',
    '"ap-southeast-2" belongs to Geo AU: use InferenceRouting.geo(Geography.AU) there. '
    + 'If AWS publishes the geography by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes.',
    '"ap-southeast-2" belongs to Geo AU: use --geo au there. '
    + 'If AWS publishes the geography by now, pass --card with a card file, which "card --from-account" writes.'],
  ['a geography, of a card without any', of(readProfileId(MANTLE_ONLY, 'eu.anthropic.mine-v1:0')),
    'Geography is not published for Mantle Only, got "eu", and the card of Mantle Only lists none (as of 2026-11).',
    'If AWS publishes the geography by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes.',
    'If AWS publishes the geography by now, pass --card with a card file, which "card --from-account" writes.'],
  ['in several geographies', of(decide(MINE, OWN, 'eu-west-1')),
    'Source Region belongs to several geographies of Mine, got "eu-west-1" without a geography; expected the one that requests must stay in: "eu" or "dach" (as of 2026-11).',
    '"eu-west-1" belongs to Geo EU and Geo DACH: use InferenceRouting.geo(Geography.EU) or InferenceRouting.geo(Geography.of("dach")) there.',
    '"eu-west-1" belongs to Geo EU and Geo DACH: use --geo eu or --geo dach there.'],
  ['not documented', of(decide(card, OWN, 'eu-north-9')),
    `Source Region is not documented for Claude Haiku 4.5 (the nearest is "eu-north-1"), got "eu-north-9"; expected one of ${SOURCES} (as of 2026-10).`,
    'If AWS serves the model there by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes.',
    'If AWS serves the model there by now, pass --card with a card file, which "card --from-account" writes.'],
  ['not documented, and like none of the partition', of(decide(card, OWN, 'cn-north-1')),
    `Source Region is not documented for Claude Haiku 4.5, got "cn-north-1"; expected one of ${SOURCES} (as of 2026-10).`,
    'If AWS serves the model there by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes.',
    'If AWS serves the model there by now, pass --card with a card file, which "card --from-account" writes.'],
  ['not documented for Global inference, of a card without any profile', of(decide(MANTLE_ONLY, GLOBAL, 'eu-west-1')),
    'Source Region is not documented for Mantle Only, got "eu-west-1", and the card of Mantle Only lists none (as of 2026-11).',
    'If AWS serves the model there by now, pass a card of your own as model: the method extend of a ModelCard adds globalSources.',
    'If AWS serves the model there by now, pass --card with a card file, which "card --from-account" writes.'],
  ['not global', of(decide(MINE, GLOBAL, 'us-east-1')),
    'Source Region is not served by the global inference profile of Mine, got "us-east-1", and the card of Mine lists none (as of 2026-11).',
    '"us-east-1" belongs to Geo US: use InferenceRouting.geo(Geography.US) there.',
    '"us-east-1" belongs to Geo US: use --geo us there.'],
  ['without some allowed Regions', of(decide(card, OWN, 'ap-northeast-1', ['ap-northeast-3'])),
    'Destination Regions lie outside ALLOWED, got ["ap-northeast-3"] without "ap-northeast-1"; '
    + 'expected every destination of Geo JP from "ap-northeast-1": "ap-northeast-1", "ap-northeast-3" (as of 2026-10).',
    'A blocked destination fails the whole call: add "ap-northeast-1" to allowedRegions.',
    'A blocked destination fails the whole call: add "ap-northeast-1" to the allowed Regions.'],
  ['without some allowed Regions, from where others would do', of(decide(card, OWN, 'ap-southeast-6', ['ap-southeast-2', 'ap-southeast-4'])),
    'Destination Regions lie outside ALLOWED, got ["ap-southeast-2","ap-southeast-4"] without "ap-southeast-6"; '
    + 'expected every destination of Geo AU from "ap-southeast-6": "ap-southeast-2", "ap-southeast-4", "ap-southeast-6" (as of 2026-10).',
    'A blocked destination fails the whole call: add "ap-southeast-6" to allowedRegions. Or send requests to "ap-southeast-2" or "ap-southeast-4", whose destinations are all allowed.',
    'A blocked destination fails the whole call: add "ap-southeast-6" to the allowed Regions. Or send requests to "ap-southeast-2" or "ap-southeast-4", whose destinations are all allowed.'],
  ['Global inference with allowed Regions', of(decide(card, GLOBAL, 'eu-west-2', ['eu-west-2'])),
    'Global cross-Region inference cannot be held to ALLOWED, got ["eu-west-2"]: the global inference profile may use any commercial AWS Region, and AWS publishes no list.',
    'Leave allowedRegions out. Or stay in Geo EU, to which "eu-west-2" belongs: use InferenceRouting.geo(Geography.EU).',
    'Leave the allowed Regions out. Or stay in Geo EU, to which "eu-west-2" belongs: use --geo eu.'],
  ['not served In-Region', inRegionFinding(card, 'eu-west-2')!,
    'bedrock-mantle does not serve Claude Haiku 4.5 in this Region, got "eu-west-2"; expected one of "ap-northeast-1", "ap-southeast-4", "eu-north-1", '
    + '"eu-west-1", "us-east-1", "us-east-2", "us-west-2" (as of 2026-10).',
    'Use one of these Regions. Or use a CrossRegionInferenceProfile.',
    'Use one of these Regions. Or leave out --in-region.'],
  ['not served In-Region, of a card without its Regions', inRegionFinding(ModelCard.of({ ...MINE._toProps(), mantleModelId: 'anthropic.mine' }), 'eu-west-1')!,
    'bedrock-mantle does not serve Mine in this Region, got "eu-west-1", and the card of Mine lists none (as of 2026-11).',
    'Use a CrossRegionInferenceProfile.',
    'Leave out --in-region.'],
  ['not served In-Region, of a card without an ID there', inRegionFinding(MINE, 'eu-west-1')!,
    'The card of Mine has no bedrock-mantle ID, got "eu-west-1" for In-Region inference.',
    'If bedrock-mantle serves the model there by now, pass a card of your own as model, with mantleModelId and inRegionOnMantle. Or use a CrossRegionInferenceProfile.',
    'If bedrock-mantle serves the model there by now, pass --card with a card file that has mantleModelId and inRegionOnMantle. Or leave out --in-region.'],
])('a Region %s: what is said, and the advice of each voice', (_, finding, said, library, commandLine) => {
  expect(libraryText(finding)).toBe(`${said.replace('ALLOWED', 'allowedRegions')} ${library}`);
  expect(commandLineText(finding)).toBe(`${said.replace('ALLOWED', 'the allowed Regions')} ${commandLine}`);
});

test.each([
  [MODEL_ID, 'is the bare model ID of Claude Haiku 4.5, which has no on-demand inference on bedrock-runtime'],
  [MANTLE_MODEL_ID, 'is the bedrock-mantle ID of Claude Haiku 4.5, which only InRegionInference takes'],
  [`eu.eu.${MODEL_ID}`, 'has its geography "eu" twice'],
  ['anthropic.claude-haiku-4-5-v1:0', 'has no geography in front, and is a model ID that no AWS page has (blogs spell it in several ways)'],
  [`arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.${MODEL_ID}`, 'is an ARN'],
  ['aws__claude_4_5_haiku', 'is the name of Claude Haiku 4.5 on Box AI'],
  ['eu.anthropic.claude-hiaku-4-5-20251001-v1:0', `is not one that AWS publishes for Claude Haiku 4.5 (the nearest is "eu.${MODEL_ID}")`],
  ['${Token[TOKEN.7]}', 'is an unresolved token, and it decides where data may go'],
  [7, 'is not a string'],
])('the inference profile ID %p %s', (id, mistake) => {
  const said = (region?: string) => libraryText(of(readProfileId(card, id as string, region)));
  const [eu, global] = [`"eu.${MODEL_ID}"`, `"global.${MODEL_ID}"`];
  expect(said('eu-west-2')).toBe(`Inference profile ID ${mistake}, got ${JSON.stringify(id)}; expected ${eu} or ${global} from "eu-west-2" (as of 2026-10).`);
  expect(said('sa-east-1')).toBe(`Inference profile ID ${mistake}, got ${JSON.stringify(id)}; expected ${global} from "sa-east-1" (as of 2026-10).`);
  expect(said('eu-north-9')).toBe(
    `Inference profile ID ${mistake}, got ${JSON.stringify(id)}, and the card of Claude Haiku 4.5 lists none from "eu-north-9" (as of 2026-10). `
    + 'If AWS publishes one by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes or globalSources.');
  const others = ['au', 'jp', 'in'].map((prefix) => `"${prefix}.${MODEL_ID}"`).join(', ');
  expect(said()).toBe(`Inference profile ID ${mistake}, got ${JSON.stringify(id)}; expected one of "us.${MODEL_ID}", ${eu}, ${others}, ${global} (as of 2026-10).`);
});

test('an inference profile ID, of a card without any', () => {
  expect(libraryText(of(readProfileId(MANTLE_ONLY, 'global.anthropic.mine-v1:0')))).toBe(
    'Inference profile ID is not one that AWS publishes for Mantle Only, got "global.anthropic.mine-v1:0", and the card of Mantle Only lists none (as of 2026-11). '
    + 'If AWS publishes one by now, pass a card of your own as model: the method extend of a ModelCard adds geoRoutes or globalSources.');
  expect(commandLineText(of(readProfileId(card, MANTLE_MODEL_ID, 'eu-west-2')))).toContain('which only --in-region takes');
});

test('a program that asks the router gets the words of the library', () => {
  expect(InferenceRouter.route({ model: card, routing: EU, sourceRegion: 'us-east-1' }).finding!.message).toBe(libraryText(of(decide(card, EU, 'us-east-1'))));
  expect(InferenceRouter.inRegionFinding(card, 'eu-west-2')!.message).toBe(libraryText(inRegionFinding(card, 'eu-west-2')!));
});
