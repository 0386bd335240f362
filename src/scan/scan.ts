import { Acknowledgement, acknowledgementOf, inMetadata } from './acknowledgement';
import { Judgement } from './judgement';
import { PossibleRegion, possibleRegions } from './possible-regions';
import { Hit, Residency, RuleId, Severity } from './rule';
import { RULES } from './rules';
import { ModelUse, usesOf } from './use';
import { ModelCard } from '../catalog/model-card';
import { deployedStacks, TemplateInput } from '../template/assembly';

/** What a scan is asked for. */
export interface ScanOptions {
  readonly cards: readonly ModelCard[];
  /** The Region of the stacks that do not tell it. */
  readonly region?: string;
  readonly residency: Residency;
  /** Findings that stay, besides those that templates acknowledge themselves. */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** Something that a rule found. */
export interface ScanFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** The file of the template. */
  readonly template: string;
  readonly stack: string;
  /** The logical ID. */
  readonly resource: string;
  /** Inside the template. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Why it stays and who said so, if somebody acknowledged it. */
  readonly acknowledged?: { readonly reason: string; readonly by: Acknowledgement['by'] };
}

/** What a scan says: plain data. */
export interface ScanResult {
  /** Acknowledged ones too. */
  readonly findings: readonly ScanFinding[];
  readonly uses: readonly ModelUse[];
}

/** Judges an assembly. It is pure: the same input gives the same result. */
export function scan(inputs: readonly TemplateInput[], options: ScanOptions): ScanResult {
  const { region } = options;
  const isKnown = region !== undefined || inputs.every((input) => input.region !== undefined);
  const regions = isKnown ? [{ region: region ?? inputs[0]?.region ?? '', alike: [] }] : possibleRegions(inputs, options.cards);
  return merged(regions.map((one) => resultIn(one, inputs, options)));
}

/** What is found if the stacks whose Region is not known are deployed to this one. */
interface RegionResult extends ScanResult, PossibleRegion {}

function resultIn(
  { region, alike }: PossibleRegion, inputs: readonly TemplateInput[], { cards, residency, acknowledgements = [] }: ScanOptions): RegionResult {
  const judgement = new Judgement(deployedStacks(inputs, region), cards);
  const known = [...acknowledgements, ...judgement.stacks.flatMap(inMetadata)];
  const findings = RULES.flatMap(({ id, severity, check }) => check(judgement, residency).map((hit) => finding(id, severity, hit))).map((one) => {
    const found = acknowledgementOf(one, known);
    return found ? { ...one, acknowledged: { reason: found.reason, by: found.by } } : one;
  });
  return { region, alike, findings, uses: usesOf(judgement) };
}

function finding(rule: RuleId, severity: Severity, { resource, path, message, fix, evidence }: Hit): ScanFinding {
  const { file, name } = resource.stack.deployment;
  return { rule, severity, template: file, stack: name, resource: resource.id, path: `Resources/${resource.id}/${path}`, message, fix, evidence };
}

/**
 * What is found wherever the stacks are deployed. They are taken to be deployed where the profiles that they name can be called; what is
 * found in some of these Regions only could not be checked.
 */
function merged(all: readonly RegionResult[]): ScanResult {
  if (all.length === 1) return { findings: all[0].findings, uses: all[0].uses };
  const served = all.filter(({ findings }) => !findings.some(({ rule }) => rule === 'wrong-source-region'));
  const kept = served.length > 0 ? served : all;
  const seen = new Map<string, { readonly finding: ScanFinding; readonly regions: string[] }>();
  for (const { region, alike, findings } of kept) {
    for (const one of findings) {
      const key = [one.rule, one.template, one.path].join(' ');
      const known = seen.get(key) ?? { finding: one, regions: [] };
      if (!known.regions.includes(region)) known.regions.push(region, ...alike);
      seen.set(key, known);
    }
  }
  const count = kept.flatMap(({ region, alike }) => [region, ...alike]).length;
  const findings = [...seen.values()].map(({ finding: one, regions }) => regions.length === count ? one : inSome(one, regions.sort()));
  return { findings, uses: [...new Map(kept.flatMap(({ uses }) => uses).map((use) => [JSON.stringify(use), use])).values()] };
}

function inSome(one: ScanFinding, regions: readonly string[]): ScanFinding {
  return {
    ...one,
    rule: 'could-not-check',
    severity: 'unchecked',
    message: `The Region of the stack is not known; in ${regions.join(', ')}: ${one.message} (${one.rule})`,
    fix: `Say the Region with --region. ${one.fix}`,
  };
}
