import type { InvokerConfig } from '../config';
import { InvokerError } from '../failures/errors';

const PROVIDER = 'anthropic.';
/** The ARN of a system-defined profile. The account in it is not told to the handler, and says nothing of the model. */
const PROFILE_ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:inference-profile\/([^/]+)$/;

/** An event cannot choose: the role of this function may call one model only, and the tags say which. */
export function refuseOtherModel(field: string, given: unknown, config: InvokerConfig): void {
  if (given === undefined || given === config.modelId || namesOf(ownName(config)).includes(given) || isOwnArn(given, config)) return;
  // What the event says is not repeated: it may be anything, and errors are logged.
  throw new InvokerError('InvalidRequestError', `The event asks for another model; this invoker calls ${JSON.stringify(ownName(config))}. Leave "${field}" out, or deploy a HaikuInvoker for the other model.`);
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
