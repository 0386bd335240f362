import { Stack } from './stack';
import { WholeTemplate } from './template-json';

/** A template, and what is known of its deployment. */
export interface TemplateInput {
  /** How the template is named to people: its file. */
  readonly file: string;
  readonly template: WholeTemplate;
  readonly stackName?: string;
  readonly region?: string;
  readonly account?: string;
  /** The templates of nested stacks, by the logical ID of the resource that makes each. */
  readonly nested?: Readonly<Record<string, TemplateInput>>;
}

/** Stands for the account of a stack of which nothing tells it. No account has this number. */
const NO_ACCOUNT = '000000000000';

/**
 * The stacks of an app, as one deployment sees them together.
 *
 * @param region - of the stacks whose Region is known only then
 */
export function deployedStacks(inputs: readonly TemplateInput[], region: string): Stack[] {
  const exported = new Map<string, { readonly stack: Stack; readonly written: unknown }>();
  const reading = new Set<string>();
  // Stacks that import from each other in a circle cannot be deployed, and find nothing there.
  const imported = (name: string): unknown => {
    const found = exported.get(name);
    if (!found || reading.has(name)) return undefined;
    reading.add(name);
    try {
      return found.stack.value(found.written);
    } finally {
      reading.delete(name);
    }
  };
  const account = accountOf(inputs);
  const stacks = inputs.flatMap((input) => deployed(input, { region, account, imported }, input.stackName ?? input.file));
  for (const stack of stacks) for (const [name, written] of stack.exports()) exported.set(name, { stack, written });
  return stacks;
}

interface Surroundings {
  readonly region: string;
  readonly account: string;
  readonly imported: (name: string) => unknown;
}

function deployed(input: TemplateInput, around: Surroundings, name: string, parameters?: Record<string, unknown>): Stack[] {
  const { region = around.region, account = around.account } = input;
  const inner: Stack[] = [];
  const nested = (id: string, given: Record<string, unknown>): Stack | undefined => {
    const child = input.nested?.[id];
    if (!child) return undefined;
    const made = deployed(child, { ...around, region, account }, `${name}-${id}`, given);
    inner.push(...made);
    return made[0];
  };
  const stack = new Stack(input.template, { name, file: input.file, region, account, parameters, nested, imported: around.imported });
  stack.nestedStacks();
  return [stack, ...inner];
}

/** The account that templates write most often into ARNs of Amazon Bedrock: who writes it there deploys there. */
function accountOf(inputs: readonly TemplateInput[]): string {
  if (inputs.every(({ account }) => account !== undefined)) return NO_ACCOUNT;
  const counts = new Map<string, number>();
  for (const [, account] of JSON.stringify(inputs).matchAll(/:bedrock:[a-z0-9*-]{0,30}:(\d{12}):/g)) counts.set(account, (counts.get(account) ?? 0) + 1);
  return [...counts].reduce((most, next) => next[1] > most[1] ? next : most, [NO_ACCOUNT, 0] as const)[0];
}
