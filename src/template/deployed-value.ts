import { partitionOf } from '../routing/partition';

/** What a value is worked out with that is known only when a stack is deployed. */
export interface Deployment {
  readonly region: string;
  readonly account: string;
  /** What `Fn::FindInMap` gives for the Region; nothing if the mapping is not ours. */
  readonly lookUp: (mapping: string, column: string) => unknown;
  /** What stands for anything else, such as an attribute of a resource. */
  readonly unknown: (name: string, argument: unknown) => string;
}

/** A resolved value as such a deployment would see it: plain JSON, without intrinsic functions. */
export function deployedValue(value: unknown, deployment: Deployment): unknown {
  const inside = (part: unknown): unknown => deployedValue(part, deployment);
  // A list that is looked up stands in a list: it takes the place of its element.
  if (Array.isArray(value)) return value.flatMap((part: unknown) => inside(part));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 ? entries[0] as [string, unknown] : ['', undefined];
  if (name !== 'Ref' && !name.startsWith('Fn::')) return Object.fromEntries(entries.map(([key, part]) => [key, inside(part)]));
  return called(name, argument, inside, deployment) ?? deployment.unknown(name, argument);
}

/** The result of an intrinsic function; nothing if it cannot be known. */
function called(name: string, argument: unknown, inside: (part: unknown) => unknown, { region, account, lookUp }: Deployment): unknown {
  const pseudo: Record<string, string> = {
    'AWS::Region': region, 'AWS::AccountId': account, 'AWS::Partition': partitionOf(region), 'AWS::URLSuffix': 'amazonaws.com',
  };
  if (name === 'Ref') return pseudo[argument as string];
  if (!Array.isArray(argument)) return undefined;
  const parts = argument as unknown[];
  if (name === 'Fn::Join') {
    const joined = inside(parts[1]);
    return Array.isArray(joined) ? joined.join(parts[0] as string) : undefined;
  }
  if (name === 'Fn::FindInMap') return lookUp(parts[0] as string, parts[2] as string);
  if (name === 'Fn::Split') {
    const text = inside(parts[1]);
    return typeof text === 'string' ? text.split(parts[0] as string) : undefined;
  }
  if (name === 'Fn::Select') {
    const list = inside(parts[1]);
    return Array.isArray(list) ? list[Number(parts[0])] : undefined;
  }
  return undefined;
}
