/** Addresses of IPv4 or IPv6 that begin with the same bits. */
interface IpRange {
  readonly bits: string;
  readonly family: 4 | 6;
}

/** Whether a text is an address or a range in CIDR notation, such as `203.0.113.0/24`. */
export function isIpRange(text: string): boolean {
  return rangeOf(text) !== undefined;
}

/** Whether an address lies in a range. What is neither lies nowhere. */
export function liesIn(range: string, address: string): boolean {
  const [wanted, given] = [rangeOf(range), rangeOf(address)];
  return wanted !== undefined && given !== undefined && wanted.family === given.family && given.bits.startsWith(wanted.bits);
}

function rangeOf(text: string): IpRange | undefined {
  const [address, length, ...more] = text.split('/');
  const family = address.includes(':') ? 6 : 4;
  const bits = family === 4 ? bitsOf4(address) : bitsOf6(address);
  if (bits === undefined || more.length > 0 || (length !== undefined && !(/^\d{1,3}$/.test(length) && Number(length) <= bits.length))) return undefined;
  return { family, bits: bits.slice(0, length === undefined ? bits.length : Number(length)) };
}

function bitsOf4(address: string): string | undefined {
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
    ? parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('')
    : undefined;
}

/** `::` stands once for as many groups of zeros as are missing, and the last two groups may be an IPv4 address. */
function bitsOf6(address: string): string | undefined {
  const last = address.slice(address.lastIndexOf(':') + 1);
  const embedded = last.includes('.') ? bitsOf4(last) : '';
  const halves = (embedded ? address.slice(0, -last.length).replace(/([^:]):$/, '$1') : address).split('::');
  if (embedded === undefined || halves.length > 2) return undefined;
  const groups = halves.map((half) => half === '' ? [] : half.split(':'));
  const missing = 8 - groups.flat().length - embedded.length / 16;
  if (!groups.flat().every((group) => /^[\da-fA-F]{1,4}$/.test(group)) || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const zeros = new Array<string>(halves.length === 2 ? missing : 0).fill('0');
  const [head, tail = []] = groups;
  return [...head, ...zeros, ...tail].map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('') + embedded;
}
