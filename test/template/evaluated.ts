/** The pseudo parameters of a deployment. */
export interface Deployment {
  readonly region: string;
  readonly account?: string;
}

/** As much of a template as is evaluated here. */
export interface TemplateJson {
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly [section: string]: unknown;
}

/** A value of a template as CloudFormation would see it in a deployment. What it does not know is an error, never a guess. */
export function evaluated(template: TemplateJson, value: unknown, deployment: Deployment): unknown {
  const inside = (part: unknown): unknown => evaluated(template, part, deployment);
  if (Array.isArray(value)) return value.map(inside);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 ? entries[0] : ['', undefined];
  if (name !== 'Ref' && !name.startsWith('Fn::')) return Object.fromEntries(entries.map(([key, part]) => [key, inside(part)]));
  switch (name) {
    case 'Ref': return pseudoParameter(argument as string, deployment);
    case 'Fn::FindInMap': return found(template, inside(argument) as string[]);
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown];
      return (inside(parts) as string[]).join(separator);
    }
    case 'Fn::Sub':
      return (argument as string).replace(/\$\{([^}]+)\}/g, (_, parameter: string) => pseudoParameter(parameter, deployment));
    // An attribute of a resource and another stack's export exist only after a deployment, so they stand for themselves.
    case 'Fn::GetAtt': return `GetAtt(${(argument as string[]).join('.')})`;
    case 'Fn::ImportValue': return `ImportValue(${String(inside(argument))})`;
    default: throw new Error(`This evaluator knows no ${name}`);
  }
}

function pseudoParameter(name: string, { region, account = '111122223333' }: Deployment): string {
  const known: Record<string, string> = { 'AWS::Region': region, 'AWS::AccountId': account, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com' };
  // A resource stands for itself; a pseudo parameter must be one of these.
  if (!(name in known) && name.startsWith('AWS::')) throw new Error(`This evaluator knows no ${name}`);
  return known[name] ?? `Ref(${name})`;
}

function found(template: TemplateJson, [map, key, column]: string[]): unknown {
  const value = template.Mappings?.[map]?.[key]?.[column];
  if (value === undefined) throw new Error(`Mappings hold no ${map}.${key}.${column}`);
  return value;
}
