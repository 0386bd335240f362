import { LineCounter, parseDocument, Scalar } from 'yaml';
import type { CollectionTag, ScalarTag, YAMLMap, YAMLSeq } from 'yaml';
import { UsageError } from './command';

/** The functions that CloudFormation gives a short tag: `!Sub`. `!Ref` and `!Condition` have no `Fn::` in front. */
const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Contains', 'EachMemberEquals', 'EachMemberIn', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length',
  'Not', 'Or', 'RefAll', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform', 'ValueOf', 'ValueOfAll',
];
const NAMES = new Map([...FUNCTIONS.map((name): [string, string] => [name, `Fn::${name}`]), ['Ref', 'Ref'], ['Condition', 'Condition']]);

/** As CloudFormation reads it: `!GetAtt Role.Arn` is the resource and its attribute. */
function tagged(name: string, argument: unknown): Record<string, unknown> {
  if (name !== 'GetAtt' || typeof argument !== 'string') return { [NAMES.get(name)!]: argument };
  const [id, ...attribute] = argument.split('.');
  return { 'Fn::GetAtt': [id, attribute.join('.')] };
}

const SHORT_TAGS = [...NAMES.keys()].flatMap((name): Array<ScalarTag | CollectionTag> => [
  { tag: `!${name}`, resolve: (text) => new Tagged(name, text) },
  { tag: `!${name}`, collection: 'seq', resolve: (node) => taggedNode(name, node) },
  { tag: `!${name}`, collection: 'map', resolve: (node) => taggedNode(name, node) },
]);

/** A list or a map with a short tag. */
function taggedNode(name: string, node: YAMLMap | YAMLSeq): unknown {
  const plain = node.toJSON.bind(node) as (...context: unknown[]) => unknown;
  return Object.assign(node, { toJSON: (...context: unknown[]) => tagged(name, plain(...context)) });
}

/** A text with a short tag. */
class Tagged extends Scalar {
  constructor(private readonly name: string, text: string) {
    super(text);
  }

  public toJSON() {
    return tagged(this.name, this.value);
  }
}

/** A template, or other JSON or YAML, as plain data. Throws with the file and the place for what is neither. */
export function parseTemplate(text: string, file: string): unknown {
  return /^\s*[[{]/.test(text) && !file.match(/\.ya?ml$/) ? parseJson(text, file) : parseYaml(text, file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}. Expected a template in JSON or YAML. Correct it there.`, 'INPUT');
  }
}

function parseYaml(text: string, file: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { customTags: SHORT_TAGS, lineCounter: lines, schema: 'yaml-1.1', merge: true, uniqueKeys: true, prettyErrors: false, logLevel: 'silent' });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new UsageError(`${file} is not a template in YAML, line ${line}, column ${col}: ${problem.message}. Expected YAML with the short tags of CloudFormation, such as !Sub. Correct it there.`, 'INPUT');
  }
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}. Expected a template without circles. Correct it there.`, 'INPUT');
  }
}
