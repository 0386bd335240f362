import type { InvokerOptions } from '../../../contract/invoker-options';
import type { InvokerConfig } from '../config/config';
import { refuse } from '../failures/errors';
import { isObject, JsonObject, objectsIn, textOf } from '../json/json-object';

/** What the deployment has chosen and an event cannot: the model, the service tier, the guardrail. What an event says is not repeated: errors are logged. */

const PROVIDER = 'anthropic.';
/** The ARN of a system-defined profile. The account in it is not told to the handler, and says nothing of the model. */
const PROFILE_ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:inference-profile\/([^/]+)$/;
/** The field of a body in which InvokeModel reads which parts of the prompt the guardrail looks at, and how it looks at a stream. */
const GUARDRAIL_CONFIG = 'amazon-bedrock-guardrailConfig';

/** The role of this function may call one model only, and the tags say which. */
export function refuseOtherModel(field: string, given: unknown, config: InvokerConfig): void {
  if (given === undefined || given === config.modelId || namesOf(ownName(config)).includes(given) || isOwnArn(given, config)) return;
  refuse(`The event asks for another model; this invoker calls ${JSON.stringify(ownName(config))}. Leave "${field}" out, or deploy a HaikuInvoker for the other model.`);
}

/** The same profile in another Region is called there, so it is another one. */
function isOwnArn(given: unknown, { modelId, region }: InvokerConfig): boolean {
  const [, place, id] = typeof given === 'string' ? PROFILE_ARN.exec(given) ?? [] : [];
  return place === region && id === modelId;
}

/** What the model is called here. An application profile's ARN does not tell, so the construct does. */
export function ownName({ modelId, options }: InvokerConfig): string {
  return options.modelName ?? modelId;
}

/**
 * Every name of the model that an ID names. An ID is `<geography>.anthropic.<name>-<date>-v<version>`, of which Anthropic's own names
 * are the middle, with and without the date. Another geography's profile routes elsewhere, so it is another name.
 */
function namesOf(id: string): unknown[] {
  const start = id.indexOf(PROVIDER);
  if (start === -1 || id.startsWith('arn:')) return [id];
  const bare = id.slice(start);
  const dated = bare.slice(PROVIDER.length).replace(/-v\d+(:\d+)?$/, '');
  const undated = dated.replace(/-\d{8}$/, '');
  return [id, bare, dated, undated, `${PROVIDER}${undated}`];
}

/**
 * A tier decides what is paid. A call that asks for none has the default one, to which Anthropic's own `standard_only` keeps too; its
 * `auto` may take other capacity.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html
 */
export function refuseOtherTier(field: string, given: unknown, { serviceTier = 'default' }: InvokerOptions): void {
  const asked = given === 'standard_only' ? 'default' : given ?? serviceTier;
  if (asked !== serviceTier) refuse(`The event asks for another service tier; this invoker calls with ${JSON.stringify(serviceTier)}. Leave "${field}" out.`);
}

/** The guardrail of a Converse request. */
export function refuseOtherGuardrail(given: unknown, { guardrail }: InvokerOptions): void {
  if (!guardrail || !isObject(given)) return;
  const ours = `${guardrail.id}:${guardrail.version}`;
  if (`${textOf(given.guardrailIdentifier)}:${textOf(given.guardrailVersion)}` === ours) return;
  refuse(`The event asks for another guardrail; this invoker applies ${JSON.stringify(ours)}. Leave "guardrailConfig" out.`);
}

/**
 * With input tags a guardrail looks at what stands in them, and at nothing else: whoever may set them has no guardrail.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tagging.html
 */
export function refuseGuardrailConfig(body: JsonObject, { guardrail }: InvokerOptions, where: string): void {
  if (!guardrail || body[GUARDRAIL_CONFIG] === undefined) return;
  refuse(`The ${where} sets "${GUARDRAIL_CONFIG}", which can take parts of the prompt from the guardrail that this invoker applies. Leave it out.`);
}

/**
 * The same in Converse: one `guardContent` block in the messages, and the guardrail looks at such blocks alone. The model fields
 * become part of the body that InvokeModel would get.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
 */
export function refuseGuardedParts(body: JsonObject, options: InvokerOptions): void {
  if (!options.guardrail) return;
  const blocks = [...objectsIn(body.system), ...objectsIn(body.messages).flatMap(({ content }) => objectsIn(content))];
  if (blocks.some(({ guardContent }) => guardContent !== undefined)) {
    refuse('The event has "guardContent" blocks, which take everything else from the guardrail that this invoker applies. Send their text as "text" blocks.');
  }
  const { additionalModelRequestFields: fields } = body;
  if (isObject(fields)) refuseGuardrailConfig(fields, options, 'event\'s "additionalModelRequestFields"');
}
