import { Geography } from '../catalog/geography';
import { InferenceRouting } from '../routing/inference-routing';

/** Where `--geo` or `--global` lets requests run. */
export function chosenRouting({ geo, global }: { readonly geo?: string; readonly global?: boolean }): InferenceRouting {
  if (global) return InferenceRouting.global();
  return geo === undefined ? InferenceRouting.sourceGeography() : InferenceRouting.geo(Geography.of(geo));
}
