import { RegionInfo } from 'aws-cdk-lib/region-info';
import { ModelCard, ModelCardProps } from '../../src';

/** What a table of ours must not hold and a user's may: a Region that aws-cdk-lib has never heard of. Newer Regions come with newer releases. */
export function tableProblems(props: ModelCardProps): string[] {
  const card = ModelCard.of(props);
  const known = new Set(RegionInfo.regions.map(({ name }) => name));
  const unknown = (where: string, regions: string[]) =>
    regions.filter((region) => !known.has(region)).map((region) => `${where}: ${JSON.stringify(region)} is not a Region`);
  return [
    ...card.geoRoutes.flatMap((row, index) => [
      ...unknown(`geoRoutes[${index}].sourceRegion`, [row.sourceRegion]),
      ...unknown(`geoRoutes[${index}].destinationRegions`, row.destinationRegions),
    ]),
    ...(['globalSources', 'inRegionOnMantle', 'batch'] as const).flatMap((table) => unknown(`${table}.regions`, card[table]?.regions ?? [])),
  ];
}
