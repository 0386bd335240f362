const ENTITIES: Record<string, string> = { quot: '"', apos: '\'', lt: '<', gt: '>', amp: '&' };

/** The text of the first XML element of that name. AWS STS and S3 answer in XML, of which only a few values matter. */
export function valueIn(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  if (start === -1 || end === -1) return undefined;
  return xml.slice(start + name.length + 2, end).replace(/&(quot|apos|lt|gt|amp);/g, (_, entity: string) => ENTITIES[entity]);
}
