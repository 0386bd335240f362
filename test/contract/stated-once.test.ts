import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import { ENDPOINTS, FIPS_REGIONS } from '../../src/contract/endpoints';
import { DEFAULT_MAX_TOKENS, DEFAULT_RETRY } from '../../src/contract/invoker-defaults';
import { DEFAULT_METRICS_NAMESPACE, METRICS_DIMENSION } from '../../src/contract/invoker-metrics';
import { optionVariable, VARIABLES } from '../../src/contract/invoker-variables';
import { BEDROCK_BODY_BYTES, LAMBDA_ENVIRONMENT_BYTES, LAMBDA_PAYLOAD_BYTES } from '../../src/contract/limits';
import { InferenceEndpoint } from '../../src/targets/invocable-model';

const SRC = resolve(__dirname, '../../src');
/** The two sides of the contract. What else its names mean elsewhere, such as a model's own limits in a card, is not theirs. */
const SIDES = ['invoker', 'deploy-time', 'handlers'].flatMap((folder) => (readdirSync(join(SRC, folder), { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts')).map((file) => join(folder, file)));

/** Names of variables, wherever they stand in a text. Those of metrics and properties are keys, which the compiler holds to the contract's types. */
const NAMES = [...Object.values(VARIABLES), optionVariable([]), ...Object.values(ENDPOINTS).map(({ override }) => override)];
/** Texts of which only the whole is a name of the contract. */
const TEXTS: string[] = [DEFAULT_METRICS_NAMESPACE, METRICS_DIMENSION, ...FIPS_REGIONS];
/** Numbers that nobody writes for another reason. */
const NUMBERS: number[] = [DEFAULT_MAX_TOKENS, BEDROCK_BODY_BYTES, LAMBDA_ENVIRONMENT_BYTES, LAMBDA_PAYLOAD_BYTES];
/** The construct's name, which is no namespace there, and a property of CloudFormation's. */
const OTHER_MEANINGS = [
  /checkKinds\('HaikuInvoker'/, /[bB]rand(?:ed)?\(.*'HaikuInvoker'\)/, /trust\(scope, 'HaikuInvoker'/, /letLogsEncrypt\(.*'HaikuInvoker'\)/,
  /(?:referred|text)\('FunctionName'\)/,
];

function restated(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const line = text.split('\n')[source.getLineAndCharacterOfPosition(node.getStart(source)).line];
    const ofTemplate = ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    const literal = ofTemplate || ts.isStringLiteralLike(node) || ts.isIdentifier(node) ? node.text : undefined;
    const named = literal !== undefined && NAMES.some((name) => new RegExp(`(?<![A-Za-z_])${name}(?![a-z])`).test(literal));
    const whole = literal !== undefined && !ts.isIdentifier(node) && TEXTS.includes(literal) && !OTHER_MEANINGS.some((other) => other.test(line));
    if (named || whole || ts.isNumericLiteral(node) && NUMBERS.includes(Number(node.text))) found.push(`${file}: ${line.trim()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('what construct and handler agree on stands in the contract and nowhere else', () => {
  expect(SIDES.length).toBeGreaterThan(80);
  expect(SIDES.flatMap(restated)).toEqual([]);
});

test('the docstrings say the contract\'s defaults', () => {
  const defaultsOf = (file: string) => Object.fromEntries([...readFileSync(join(SRC, 'invoker', file), 'utf8')
    .matchAll(/@default (.*)\n(?:(?!\/\*\*)[^])*?readonly (\w+)\??:/g)].map(([, value, prop]) => [prop, value]));
  expect(defaultsOf('haiku-invoker-props.ts')).toMatchObject({
    maxTokens: String(DEFAULT_MAX_TOKENS),
    metricsNamespace: `'${DEFAULT_METRICS_NAMESPACE}'`,
    retry: `- at most ${DEFAULT_RETRY.maxAttempts} calls in all, within the time that Lambda has left`,
  });
  expect(defaultsOf('invoker-retry.ts')).toMatchObject({
    maxAttempts: String(DEFAULT_RETRY.maxAttempts),
    baseDelay: `Duration.millis(${DEFAULT_RETRY.baseDelayMs})`,
    maxDelay: `Duration.seconds(${DEFAULT_RETRY.maxDelayMs / 1000})`,
  });
});

test('the targets\' endpoints are those of the contract', () => {
  expect(Object.values(InferenceEndpoint).sort()).toEqual(Object.keys(ENDPOINTS).sort());
});
