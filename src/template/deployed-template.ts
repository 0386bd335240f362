import { conditionHolds } from './condition';
import { Evaluation, INTRINSIC_FUNCTIONS, NO_VALUE } from './intrinsic-functions';
import { own, TemplateJson } from './template-json';
import { Unknown } from '../private/unknown';
import { dnsSuffixOf, partitionOf } from '../routing/partition';

/** What a template is deployed with. */
export interface Deployment {
  readonly region?: string;
  readonly account?: string;
  /** Values of parameters, and of pseudo parameters such as `AWS::StackName`. */
  readonly parameters?: Record<string, unknown>;
  /** What stands for something that no template tells, such as an attribute of a resource; nothing for what stays unknown. */
  readonly supply?: (name: string, argument: unknown) => unknown;
}

/**
 * A CloudFormation template as a deployment sees it. A value that cannot be known is an `Unknown`, and so is one that CloudFormation
 * would refuse, such as a look-up without a row: nothing is guessed, and nothing is thrown.
 */
export class DeployedTemplate {
  private readonly conditions = new Map<string, boolean | undefined>();
  private readonly evaluation: Evaluation = {
    value: (written) => this.worked(written),
    referred: (name) => this.referred(name),
    holds: (condition) => this.holds(condition),
    mapped: (mapping, key, column) => own(own(own(this.template.Mappings, mapping), key), column),
    supplied: (name, argument) => this.deployment.supply?.(name, argument) ?? Unknown.of(sourceOf(name, argument)),
  };

  constructor(private readonly template: TemplateJson, private readonly deployment: Deployment) {}

  /** A part of the template without intrinsic functions; nothing if it is left out. */
  public value(written: unknown): unknown {
    const worked = this.worked(written);
    return worked === NO_VALUE ? undefined : worked;
  }

  /** Whether a condition of the template holds; nothing if that cannot be known. */
  public holds(condition: string): boolean | undefined {
    if (!this.conditions.has(condition)) {
      // One that asks for itself finds that it is not known.
      this.conditions.set(condition, undefined);
      this.conditions.set(condition, conditionHolds(own(this.template.Conditions, condition), this.evaluation));
    }
    return this.conditions.get(condition);
  }

  private worked(written: unknown): unknown {
    if (Array.isArray(written)) return written.map((part) => this.worked(part)).filter((part) => part !== NO_VALUE);
    if (typeof written !== 'object' || written === null) return written;
    const entries = Object.entries(written);
    const [name, argument] = entries.length === 1 ? entries[0] as [string, unknown] : ['', undefined];
    if (name === 'Ref' && typeof argument === 'string') return this.referred(argument);
    if (name.startsWith('Fn::')) return INTRINSIC_FUNCTIONS.get(name)?.(argument, this.evaluation) ?? this.evaluation.supplied(name, argument);
    return Object.fromEntries(entries.map(([key, part]) => [key, this.worked(part)]).filter(([, part]) => part !== NO_VALUE));
  }

  private referred(name: string): unknown {
    if (name === 'AWS::NoValue') return NO_VALUE;
    return this.parameter(name) ?? this.pseudoParameter(name) ?? this.evaluation.supplied('Ref', name);
  }

  private pseudoParameter(name: string): string | undefined {
    const { region, account } = this.deployment;
    switch (name) {
      case 'AWS::Region': return region;
      case 'AWS::AccountId': return account;
      case 'AWS::Partition': return region && partitionOf(region);
      case 'AWS::URLSuffix': return region && dnsSuffixOf(region);
      default: return undefined;
    }
  }

  /** The default of a parameter that is read from the Parameter Store is where it is read from. */
  private parameter(name: string): unknown {
    const { Type, Default: standard } = own(this.template.Parameters, name) ?? {};
    const type = String(Type);
    const value = own(this.deployment.parameters, name) ?? (type.startsWith('AWS::SSM::') ? undefined : standard);
    if (value === undefined || Unknown.isUnknown(value)) return value;
    return /^(CommaDelimitedList|List<)/.test(type) ? String(value).split(',').map((item) => item.trim()) : String(value);
  }
}

/** What a message calls the value: `Bucket.Arn`, or the function with its argument. */
function sourceOf(name: string, argument: unknown): string {
  if (name === 'Ref') return argument as string;
  return name === 'Fn::GetAtt' ? (argument as string[]).join('.') : `${name.replace('Fn::', '')} ${JSON.stringify(argument)}`;
}
