/** What stands in a word that says too much of a deployment: an ARN, an account, a host, an address with its port. */
const INTERNAL = /arn:aws|\d{12}|\.amazonaws\.|\.api\.aws|\.amazonwebservices\.|\.internal|\.local|localhost|\d\.\d{1,3}\.\d{1,3}\.\d|:\d{4,5}(?!\d)/i;
/** What ends a sentence or a clause, and is no part of the word before it. */
const END = /[.,;:!?)\]}"'`]$/;

/** A message without ARNs, account numbers and host names: what a caller from outside has no business to know. */
export function withoutInternals(message: string): string {
  return message.replace(/\S+/g, (word) => INTERNAL.test(word) ? `…${END.exec(word)?.[0] ?? ''}` : word);
}
