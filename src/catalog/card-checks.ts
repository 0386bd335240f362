import { CARD, shapeProblems } from './card-shape';
import { citationProblems, duplicateProblems } from './citation-checks';
import { factProblems } from './fact-checks';
import { GeoRoute } from './geo-route';
import { Geography } from './geography';
import { ModelCardProps } from './model-card-props';
import { shown } from '../private/errors';

const REGION = /^[a-z]{2,4}(-(gov|iso[a-z]?|de))?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]$/;
const MODEL_ID = /^[a-z0-9-]+\.[a-z0-9.-]+(:\d+)?$/;

/** A card in a program has no format. */
const { format: _format, ...FIELDS } = CARD.fields;

/** Everything that is wrong with a card, in the order of its fields; nothing if it is sound. */
export function cardProblems(given: ModelCardProps): string[] {
  const shapes = shapeProblems(given, { fields: FIELDS }, '', false);
  // What has not the shape of a table or a row cannot be asked for its meaning.
  const shapeless = new Set(shapes.flatMap((problem) => /^(\w+)(?:\[\d+\])?: /.exec(problem)?.[1] ?? []).filter((field) => typeof FIELDS[`${field}?`] === 'object'));
  const card = Object.fromEntries(Object.entries(given).filter(([field]) => !shapeless.has(field))) as unknown as ModelCardProps;
  const meanings = meaningProblems(card).filter((problem) => !placesOf(problem).some((place) => shapeless.has(place)));
  const told = new Set(meanings.flatMap(placesOf));
  return [...meanings, ...shapes.filter((problem) => !placesOf(problem).some((place) => told.has(place)))];
}

/** Where a problem is: what stands before its colon. */
function placesOf(problem: string): string[] {
  return problem.slice(0, problem.indexOf(': got ')).replace(/^card\./, '').split(', ');
}

function meaningProblems(card: ModelCardProps): string[] {
  return [
    ...citationProblems('card', card),
    ...(blank(card.name) ? [`name: got ${shown(card.name)}; expected the model's name`] : []),
    ...modelIdProblems('modelId', card.modelId),
    ...(card.mantleModelId === undefined ? [] : modelIdProblems('mantleModelId', card.mantleModelId)),
    ...inferenceProblems(card),
    ...geoProblems(card.geoRoutes ?? []),
    ...(['globalSources', 'inRegion', 'batch'] as const).flatMap((table) => {
      const rows = card[table];
      return rows ? [...citationProblems(table, rows), ...regionListProblems(`${table}.regions`, rows.regions)] : [];
    }),
    ...factProblems(card),
    ...(card.disagreements ?? []).flatMap(({ disputedGlobalSources }, index) => disputedGlobalSources === undefined
      ? [] : regionListProblems(`disagreements[${index}].disputedGlobalSources`, disputedGlobalSources)),
    ...(card.lifecycle?.successor !== undefined && blank(card.lifecycle.successor)
      ? [`lifecycle.successor: got ${shown(card.lifecycle.successor)}; expected the name or ID of a model, or no successor`]
      : []),
  ];
}

function inferenceProblems(card: ModelCardProps): string[] {
  const problems = [];
  if (!card.geoRoutes?.length && !card.globalSources && !card.inRegion) {
    problems.push('geoRoutes, globalSources, inRegion: got none of the three; expected at least one, or the model cannot be called');
  }
  if (card.inRegion && !card.mantleModelId) {
    problems.push('inRegion: got Regions without a mantleModelId; expected the ID that bedrock-mantle takes');
  }
  return problems;
}

function geoProblems(routes: GeoRoute[]): string[] {
  const seen = new Set<string>();
  return routes.flatMap((route, index) => {
    const where = `geoRoutes[${index}]`;
    const key = `${shown(route.geography?.prefix)} ${shown(route.sourceRegion)}`;
    const problems = citationProblems(where, route);
    if (!Geography._own(route.geography)) problems.push(`${where}.geography: got ${shown(route.geography)}; expected a Geography`);
    if (seen.has(key)) problems.push(`${where}: got a second row for ${shown(route.sourceRegion)} in ${Geography._own(route.geography) ?? shown(route.geography)}; expected one`);
    seen.add(key);
    problems.push(...regionProblems(`${where}.sourceRegion`, route.sourceRegion));
    problems.push(...regionListProblems(`${where}.destinationRegions`, route.destinationRegions));
    if (Array.isArray(route.destinationRegions) && !route.destinationRegions.includes(route.sourceRegion)) {
      problems.push(`${where}.destinationRegions: got a list without ${shown(route.sourceRegion)}; expected the source Region among its own destinations`);
    }
    return problems;
  });
}

function regionListProblems(where: string, regions: string[]): string[] {
  if (!Array.isArray(regions) || regions.length === 0) return [`${where}: got ${shown(regions)}; expected at least one Region`];
  return [
    ...regions.flatMap((region, index) => regionProblems(`${where}[${index}]`, region)),
    ...duplicateProblems(where, regions),
  ];
}

function regionProblems(where: string, region: string): string[] {
  return typeof region === 'string' && REGION.test(region) ? [] : [`${where}: got ${shown(region)}; expected a Region code such as "eu-west-2"`];
}

function modelIdProblems(where: string, id: string): string[] {
  return typeof id === 'string' && MODEL_ID.test(id) && id.split('.').length === 2
    ? []
    : [`${where}: got ${shown(id)}; expected a model ID without a geography in front, such as "anthropic.claude-...-v1:0"`];
}

function blank(text: string): boolean {
  return typeof text !== 'string' || text.trim() === '';
}
