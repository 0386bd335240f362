import { readFileSync, statSync } from 'fs';
import { dirname, resolve } from 'path';
import {
  IPolicyValidationContextBeta1, IPolicyValidationPluginBeta1, PolicyValidationPluginReportBeta1, PolicyViolationBeta1,
} from 'aws-cdk-lib/core';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { ModelCatalog } from '../catalog/model-catalog';
import { shownAsNo } from '../private/brand';
import { HaikuError } from '../private/errors';
import { checkKind, checkKinds, FLAG, JUDGED_ELSEWHERE, PropKinds, required, TEXT } from '../private/prop-kind';
import { ofCdk, SCANNER } from '../scan/acknowledgement';
import { RULES } from '../scan/rules';
import { scan, ScanFinding } from '../scan/scan';
import { TemplateInput } from '../template/assembly';
import { CloudAssembly, readCloudAssembly } from '../template/cloud-assembly';

/**
 * What a `HaikuPolicyValidation` holds an app to.
 */
export interface HaikuPolicyValidationProps {
  /**
   * The geographies that requests must stay in. Global cross-Region inference stays in none.
   *
   * @default - any
   */
  readonly residency?: Geography[] | undefined;

  /**
   * Whether Global cross-Region inference is forbidden, whatever the geography.
   *
   * @default false - unless `residency` is given
   */
  readonly forbidGlobal?: boolean | undefined;

  /**
   * The models whose calls are judged.
   *
   * @default - every model that this library has a card of
   */
  readonly models?: ModelCard[] | undefined;

  /**
   * The Region of stacks that do not tell it.
   *
   * @default - such a stack is judged in each Region that its models can be called from
   */
  readonly region?: string | undefined;
}

const KINDS: PropKinds<HaikuPolicyValidationProps> = { residency: JUDGED_ELSEWHERE, forbidGlobal: FLAG, models: JUDGED_ELSEWHERE, region: TEXT };

/** What the CDK gives to a plugin: it may be an object of any class. */
const CONTEXT = required({
  noun: 'the context of a validation',
  expected: 'what the CDK gives to a plugin, with templatePaths',
  holds: (value) => {
    const { templatePaths } = value as { readonly templatePaths?: unknown };
    return Array.isArray(templatePaths) && templatePaths.every((path) => typeof path === 'string');
  },
});

/** As the CDK's report has them; it has no word for what could not be checked. */
const SEVERITIES: Readonly<Record<ScanFinding['severity'], string>> = { error: 'error', warning: 'warning', unchecked: 'info' };

/** What the context of newer releases of the CDK tells of each stack. */
interface NewerContext extends IPolicyValidationContextBeta1 {
  readonly stackTemplates?: ReadonlyArray<{ readonly templatePath: string; readonly accountId?: string; readonly region?: string }>;
}

/**
 * A validation plugin that judges every stack of an app, whoever wrote it: which calls of Claude models fail, which can leave their
 * Regions or the allowed geographies, and why. All policies of a role count together, as IAM has it. It works offline.
 *
 * Add it with `Validations.of(app).addPlugins(...)`, or with the `policyValidationBeta1` of an `App` or a `Stage` where the CDK has no
 * such method. Errors stop the synthesis; warnings do not. To let a finding stay, acknowledge `cdk-bedrock-haiku::<rule>` with
 * `Validations.of(construct).acknowledge(...)`, or in the `Metadata` of the resource.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class HaikuPolicyValidation implements IPolicyValidationPluginBeta1 {
  /** The name of the plugin in reports, and in front of its rules. */
  public readonly name = SCANNER;

  private readonly geographies: Geography[];
  private readonly cards: ModelCard[];

  /**
   * Throws if a prop is not what it must be.
   */
  constructor(private readonly props: HaikuPolicyValidationProps = {}) {
    checkKinds('HaikuPolicyValidation', props, KINDS);
    this.geographies = listOf('residency', props.residency, 'Geography', (value) => Geography._own(value), 'Geography.EU or Geography.of("eu")') ?? [];
    this.cards = listOf('models', props.models, 'ModelCard', (value) => ModelCard._own(value), 'ModelCard.CLAUDE_HAIKU_4_5 or ModelCard.of(...)') ?? ModelCatalog._cards();
  }

  /** The rules that the plugin judges by. */
  public get ruleIds(): string[] | undefined { return RULES.map(({ id }) => id); }

  /**
   * Judges the templates of an app. The CDK calls it when the app is synthesised.
   *
   * Throws if a template cannot be judged, with its file and the place.
   */
  public validate(context: IPolicyValidationContextBeta1): PolicyValidationPluginReportBeta1 {
    checkKind('context', context, CONTEXT);
    const { inputs, acknowledged } = readTemplates(context);
    const { region, forbidGlobal = false } = this.props;
    const residency = { geographies: this.geographies, forbidGlobal };
    const { findings } = scan(inputs, { cards: this.cards, region, residency, acknowledgements: ofCdk(acknowledged) });
    // The CDK lets those that were acknowledged with its own method pass, and shows them as such.
    const open = findings.filter((finding) => finding.acknowledged?.by !== 'Metadata');
    const known = findings.filter((finding) => finding.acknowledged?.by === 'Metadata');
    return {
      success: findings.every(({ severity, acknowledged: reason }) => severity !== 'error' || reason !== undefined),
      violations: open.map(violation),
      ...known.length > 0 && { metadata: Object.fromEntries(known.map(({ rule, resource, acknowledged: reason }) => [`${rule} at ${resource}`, `acknowledged: ${reason!.reason}`])) },
    };
  }
}

function violation({ rule, severity, message, fix, resource, path, template, evidence }: ScanFinding): PolicyViolationBeta1 {
  const { source, asOf } = evidence;
  return {
    ruleName: rule,
    description: message,
    fix,
    severity: SEVERITIES[severity],
    violatingResources: [{ resourceLogicalId: resource, templatePath: template, locations: [path] }],
    ...typeof source === 'string' && { ruleMetadata: { source, asOf: String(asOf) } },
  };
}

/** The templates that the CDK names, with what their assemblies say of them. */
function readTemplates(context: NewerContext): CloudAssembly {
  const paths = new Set(context.templatePaths.map((path) => resolve(path)));
  const assemblies = [...new Set([...paths].map((path) => dirname(path)))].map((folder) => readCloudAssembly(readJson, folder));
  const told = new Map((context.stackTemplates ?? []).map((stack) => [resolve(stack.templatePath), stack]));
  const named = assemblies.flatMap((assembly) => assembly.inputs).filter(({ file }) => paths.has(file));
  const inputs = new Map(named.map((input): [string, TemplateInput] => {
    const { accountId, region } = told.get(input.file) ?? {};
    return [input.file, { ...input, ...isKnown(accountId) && { account: accountId }, ...isKnown(region) && { region } }];
  }));
  return { inputs: [...inputs.values()], acknowledged: assemblies.flatMap(({ acknowledged }) => acknowledged) };
}

function isKnown(value: string | undefined): value is string {
  return value !== undefined && /^[a-z0-9-]+$/.test(value);
}

function readJson(file: string): unknown {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A list of our own objects, those of another installed copy of the package too; nothing if it is left out. */
function listOf<T>(name: string, values: unknown, className: string, read: (value: unknown) => T | undefined, expected: string): T[] | undefined {
  if (values === undefined) return undefined;
  const list = Array.isArray(values) && values.length > 0 ? values.map((value) => read(value)) : [undefined];
  if (list.every((one) => one !== undefined)) return list;
  const wrong = Array.isArray(values) && values.length > 0 ? (values as unknown[])[list.indexOf(undefined)] : values;
  throw new HaikuError(`${name} is not a list of ${className}, got ${shownAsNo(className, wrong)}; expected at least one such as ${expected}. Change it, or leave ${name} out.`);
}
