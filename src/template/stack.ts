import { DeployedTemplate } from './deployed-template';
import { withoutDynamicReferences } from './dynamic-references';
import { withoutLoops } from './loops';
import { MADE_ATTRIBUTES } from './made-attributes';
import { WrittenFrom, writtenResources } from './serverless';
import { at, isRecord, own, WholeTemplate } from './template-json';
import { partitionOf } from '../routing/partition';

/** A resource of a stack, as a deployment makes it. */
export interface Resource {
  readonly stack: Stack;
  /** The logical ID that stands in the template. */
  readonly id: string;
  /** The logical ID that the deployment sees: AWS SAM makes several resources of one. */
  readonly deployedId: string;
  readonly type: string;
  /** Whether its condition holds; nothing if that cannot be known. */
  readonly exists: boolean | undefined;
  /** Its properties without intrinsic functions. */
  readonly properties: Record<string, unknown>;
  readonly metadata: unknown;
}

/** What a stack is deployed with. */
export interface StackDeployment {
  /** By which the stack is told from the others of the assembly. */
  readonly name: string;
  /** The file of its template, as people name it. */
  readonly file: string;
  readonly region: string;
  readonly account: string;
  readonly parameters?: Record<string, unknown>;
  /** The stack that a resource of this one makes, if its template is known. */
  readonly nested?: (id: string, parameters: Record<string, unknown>) => Stack | undefined;
  /** What another stack of the assembly exports under a name. */
  readonly imported?: (name: string) => unknown;
}

/** A stack of an assembly, as its deployment sees it. Nothing is guessed and nothing is thrown: what cannot be known is an `Unknown`. */
export class Stack {
  public readonly template: WholeTemplate;
  public readonly resources: readonly Resource[];
  private readonly deployed: DeployedTemplate;
  private readonly written: Map<string, WrittenFrom>;
  private readonly byId = new Map<string, Resource>();
  private readonly attributes = new Map<string, Record<string, unknown>>();
  private readonly children = new Map<string, Stack | undefined>();
  private parameters?: Map<unknown, Resource>;

  constructor(template: WholeTemplate, public readonly deployment: StackDeployment) {
    const { region, account, parameters } = deployment;
    const supply = (name: string, argument: unknown) => this.supplied(name, argument);
    const before = new DeployedTemplate(template, { region, account, parameters });
    this.template = withoutLoops(template, (written) => before.value(written), deployment.file);
    this.deployed = new DeployedTemplate(this.template, { region, account, parameters, supply });
    this.written = writtenResources(this.template);
    this.resources = [...this.written].map(([made, { id, resource }]) => this.resource(made, id, resource));
    this.resources.forEach((resource, index) => this.byId.set([...this.written.keys()][index], resource));
  }

  /** A part of the template without intrinsic functions; nothing if it is left out. */
  public value(written: unknown): unknown {
    return withoutDynamicReferences(this.deployed.value(written), (name) => this.parameter(name));
  }

  /** The resources that are there, or may be there. */
  public of(...types: string[]): Resource[] {
    return this.resources.filter(({ type, exists }) => types.includes(type) && exists !== false);
  }

  /** The stacks that resources of this one make. */
  public nestedStacks(): Stack[] {
    return this.of('AWS::CloudFormation::Stack', 'AWS::Serverless::Application').flatMap(({ deployedId }) => this.nested(deployedId) ?? []);
  }

  /** What an output says, if the template has it. */
  public output(name: string): unknown {
    const output = isRecord(this.template.Outputs) ? own(this.template.Outputs, name) : undefined;
    return output === undefined ? undefined : this.value(at(output, 'Value'));
  }

  /** What the stack exports, by the name that it exports it under. */
  public exports(): Map<string, unknown> {
    const outputs = isRecord(this.template.Outputs) ? Object.values(this.template.Outputs) : [];
    return new Map(outputs.flatMap((output) => {
      const name = this.value(at(output, 'Export', 'Name'));
      return typeof name === 'string' ? [[name, at(output, 'Value')] as const] : [];
    }));
  }

  private resource(made: string, id: string, { Type, Properties, Condition, Metadata }: WrittenFrom['resource']): Resource {
    const holds = () => typeof Condition === 'string' ? this.deployed.holds(Condition) : true;
    const value = () => this.value(Properties);
    let properties: Record<string, unknown> | undefined;
    let exists: { readonly answer: boolean | undefined } | undefined;
    return {
      stack: this,
      id,
      deployedId: made,
      type: Type,
      metadata: Metadata,
      get exists() { return (exists ??= { answer: holds() }).answer; },
      get properties() {
        if (properties === undefined) {
          // One whose properties refer to itself finds nothing there.
          properties = {};
          const worked = value();
          properties = isRecord(worked) ? worked : {};
        }
        return properties;
      },
    };
  }

  /** What the stack itself writes into the Parameter Store under a name. */
  private parameter(name: string): unknown {
    if (!this.parameters) {
      // A name that needs another parameter finds that it is not known.
      this.parameters = new Map();
      for (const resource of this.of('AWS::SSM::Parameter')) this.parameters.set(this.attribute(resource.deployedId, 'Ref'), resource);
    }
    return this.parameters.get(name)?.properties.Value;
  }

  private nested(id: string): Stack | undefined {
    if (!this.children.has(id)) {
      // One that asks for itself finds that it is not known.
      this.children.set(id, undefined);
      const parameters = this.byId.get(id)?.properties.Parameters;
      this.children.set(id, this.deployment.nested?.(id, isRecord(parameters) ? parameters : {}));
    }
    return this.children.get(id);
  }

  private supplied(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref': return argument === 'AWS::StackName' ? this.deployment.name : this.attribute(argument as string, 'Ref');
      case 'Fn::GetAtt': {
        const [id, attribute] = argument as [unknown, string];
        if (typeof id !== 'string') return undefined;
        return attribute.startsWith('Outputs.') ? this.nested(id)?.output(attribute.slice('Outputs.'.length)) : this.attribute(id, attribute);
      }
      case 'Fn::ImportValue': return typeof argument === 'string' ? this.deployment.imported?.(argument) : undefined;
      default: return undefined;
    }
  }

  private attribute(id: string, attribute: string): unknown {
    const resource = this.byId.get(id);
    const made = resource && MADE_ATTRIBUTES[resource.type];
    if (!made || resource.exists === false) return undefined;
    if (!this.attributes.has(id)) {
      const { name, region, account } = this.deployment;
      this.attributes.set(id, {});
      const properties = at(this.written.get(id)!.resource, 'Properties');
      const property = (key: string) => this.value(at(properties, key));
      this.attributes.set(id, made({ property, ownName: `${name}-${id}`.replace(/[^\w-]/g, '-'), partition: partitionOf(region), region, account }));
    }
    return own(this.attributes.get(id)!, attribute);
  }
}
