import { judge, Judgement } from './judgement';
import { stemOf } from './model-reference';
import { Hit, Residency, RuleId, Severity } from './rule';
import { RULES } from './rules';
import { ModelCard } from '../catalog/model-card';
import { deployedStacks, TemplateInput } from '../template/assembly';

/** What a scan is asked for. */
export interface ScanOptions {
  readonly cards: readonly ModelCard[];
  /** The Region of the stacks that do not tell it. */
  readonly region?: string;
  readonly residency: Residency;
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
}

export interface ScanResult {
  readonly findings: readonly ScanFinding[];
}

/** Judges an assembly. It is pure: the same input gives the same result. */
export function scan(inputs: readonly TemplateInput[], options: ScanOptions): ScanResult {
  const regions = regionsOf(inputs, options);
  const byRegion = regions.map((region) => findingsOf(judge(deployedStacks(inputs, region), options.cards), options.residency));
  return { findings: regions.length === 1 ? byRegion[0] : merged(regions, byRegion) };
}

function findingsOf(judgement: Judgement, residency: Residency): ScanFinding[] {
  return RULES.flatMap(({ id, severity, check }) => check(judgement, residency).map((hit) => finding(id, severity, hit)));
}

function finding(rule: RuleId, severity: Severity, { resource, path, message, fix, evidence }: Hit): ScanFinding {
  const { file, name } = resource.stack.deployment;
  return { rule, severity, template: file, stack: name, resource: resource.id, path: `Resources/${resource.id}/${path}`, message, fix, evidence };
}

/** The Regions that stacks without one may be deployed to: those from which the models that they name can be called. */
function regionsOf(inputs: readonly TemplateInput[], { cards, region }: ScanOptions): string[] {
  if (region !== undefined || inputs.every((input) => input.region !== undefined)) return [region ?? inputs[0]?.region ?? ''];
  const text = JSON.stringify(inputs.map(({ template }) => template));
  const sources = cards.filter((card) => text.includes(stemOf(card))).flatMap((card) => card.sourceRegions);
  return sources.length > 0 ? [...new Set(sources)].sort() : ['us-east-1'];
}

/**
 * What is found wherever the stacks are deployed. They are taken to be deployed where the profiles that they name can be called; what is
 * found in some of these Regions only could not be checked.
 */
function merged(regions: readonly string[], byRegion: ReadonlyArray<readonly ScanFinding[]>): ScanFinding[] {
  const all = regions.map((region, index) => ({ region, findings: byRegion[index] }));
  const served = all.filter(({ findings }) => !findings.some(({ rule }) => rule === 'wrong-source-region'));
  const kept = served.length > 0 ? served : all;
  const seen = new Map<string, { readonly finding: ScanFinding; readonly regions: string[] }>();
  for (const { region, findings } of kept) {
    for (const one of findings) {
      const key = [one.rule, one.template, one.path].join(' ');
      const known = seen.get(key) ?? { finding: one, regions: [] };
      if (!known.regions.includes(region)) known.regions.push(region);
      seen.set(key, known);
    }
  }
  return [...seen.values()].map(({ finding: one, regions: those }) => those.length === kept.length ? one : {
    ...one,
    rule: 'could-not-check',
    severity: 'unchecked',
    message: `The Region of the stack is not known; in ${those.join(', ')}: ${one.message} (${one.rule})`,
    fix: `Say the Region with --region. ${one.fix}`,
  });
}
