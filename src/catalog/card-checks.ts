import { Citation } from './citation';
import { GeoRoute } from './geo-route';
import { ModelCardProps } from './model-card-props';
import { shown } from '../private/errors';

const REGION = /^[a-z]{2,4}(-(gov|iso[a-z]?|de))?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]$/;
const MODEL_ID = /^[a-z0-9-]+\.[a-z0-9.-]+(:\d+)?$/;
const MONTH_OR_DAY = /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;

/** Everything that is wrong with a card, in the order of its fields; nothing if it is sound. */
export function cardProblems(card: ModelCardProps): string[] {
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
    ...(card.lifecycle?.successor !== undefined && blank(card.lifecycle.successor)
      ? [`lifecycle.successor: got ${shown(card.lifecycle.successor)}; expected the name or ID of a model, or no successor`]
      : []),
  ];
}

function inferenceProblems(card: ModelCardProps): string[] {
  const problems = [];
  if (!card.geoRoutes?.length && !card.globalSources && !card.inRegion) {
    problems.push('geoRoutes, globalSources, inRegion: got none of them; expected at least one way to call the model');
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
    const key = `${route.geography?.prefix} ${route.sourceRegion}`;
    const problems = citationProblems(where, route);
    if (!route.geography?.prefix) problems.push(`${where}.geography: got ${shown(route.geography)}; expected a Geography`);
    if (seen.has(key)) problems.push(`${where}: got a second row for ${shown(route.sourceRegion)} in ${route.geography}; expected one`);
    seen.add(key);
    problems.push(...regionProblems(`${where}.sourceRegion`, route.sourceRegion));
    problems.push(...regionListProblems(`${where}.destinationRegions`, route.destinationRegions));
    if (Array.isArray(route.destinationRegions) && !route.destinationRegions.includes(route.sourceRegion)) {
      problems.push(`${where}.destinationRegions: got no ${shown(route.sourceRegion)}; expected the source Region among its own destinations`);
    }
    return problems;
  });
}

function factProblems(card: ModelCardProps): string[] {
  const rows: Array<[string, Citation | undefined]> = [
    ['lifecycle', card.lifecycle], ['limits', card.limits], ['promptCaching', card.promptCaching], ['serviceTiers', card.serviceTiers],
    ...(card.quotas ?? []).map((row, i): [string, Citation] => [`quotas[${i}]`, row]),
    ...(card.prices ?? []).map((row, i): [string, Citation] => [`prices[${i}]`, row]),
    ...(card.platformNames ?? []).map((row, i): [string, Citation] => [`platformNames[${i}]`, row]),
  ];
  return rows.flatMap(([where, row]) => row ? citationProblems(where, row) : []);
}

function citationProblems(where: string, row: Citation): string[] {
  const problems = [];
  if (typeof row.sourceUrl !== 'string' || !/^https:\/\/\S+\.\S+$/.test(row.sourceUrl)) {
    problems.push(`${where}.sourceUrl: got ${shown(row.sourceUrl)}; expected the https address of the page that says so`);
  }
  if (typeof row.asOf !== 'string' || !MONTH_OR_DAY.test(row.asOf)) {
    problems.push(`${where}.asOf: got ${shown(row.asOf)}; expected the date of that page as YYYY-MM or YYYY-MM-DD`);
  }
  return problems;
}

function regionListProblems(where: string, regions: string[]): string[] {
  if (!Array.isArray(regions) || regions.length === 0) return [`${where}: got ${shown(regions)}; expected at least one Region`];
  const twice = regions.filter((region, index) => regions.indexOf(region) !== index);
  return [
    ...regions.flatMap((region, index) => regionProblems(`${where}[${index}]`, region)),
    ...[...new Set(twice)].map((region) => `${where}: got ${shown(region)} twice; expected it once`),
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
