import type { InvokerOptions } from '../../../contract/invoker-options';
import { InvokerError } from '../failures/errors';
import { isObject, JsonObject, objectsIn } from '../json/json-object';

/** The field of a body in which InvokeModel reads which parts of the prompt the guardrail looks at, and how it looks at a stream. */
const GUARDRAIL_CONFIG = 'amazon-bedrock-guardrailConfig';

/**
 * With input tags a guardrail looks at what stands in them, and at nothing else: whoever may set them has no guardrail.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tagging.html
 */
export function refuseGuardrailConfig(body: JsonObject, { guardrail }: InvokerOptions, where: string): void {
  if (guardrail && body[GUARDRAIL_CONFIG] !== undefined) {
    refuse(`The ${where} sets "${GUARDRAIL_CONFIG}", which can take parts of the prompt from the guardrail that this invoker applies. Leave it out.`);
  }
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

function refuse(message: string): never {
  throw new InvokerError('InvalidRequestError', message);
}
