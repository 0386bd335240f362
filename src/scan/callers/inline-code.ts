import { NamedText } from './caller';
import { Resource } from '../../template/stack';
import { at } from '../../template/template-json';

/** What the code of a function says, if it stands in the template. */
export interface InlineCode {
  /** Every text in quotes. */
  readonly names: readonly NamedText[];
  readonly regions: readonly string[];
  /** Why it is known to stream, if it is. */
  readonly streams?: string;
}

const QUOTED = /(["'`])([^"'`\n]{1,300})\1/g;
const STREAMING = /ConverseStream|InvokeModelWithResponseStream|converse_stream|invoke_model_with_response_stream/;
const REGION = /region(?:_name|Name)?["']?\s{0,20}[:=]\s{0,20}["']([a-z0-9-]{9,30})["']/g;

/** The code that a function has in the template itself; nothing if it is elsewhere. */
export function codeOf({ properties }: Resource): InlineCode | undefined {
  const code = at(properties, 'Code', 'ZipFile');
  if (typeof code !== 'string') return undefined;
  const streams = STREAMING.exec(code)?.[0];
  return {
    names: [...code.matchAll(QUOTED)].map(([, , value]) => ({ path: 'Properties/Code/ZipFile', value })),
    regions: [...code.matchAll(REGION)].map(([, region]) => region),
    streams: streams && `its code uses ${streams}`,
  };
}
