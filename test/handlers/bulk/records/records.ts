import { Checked, RecordCheck } from '../../../../src/handlers/bulk/records/record-check';
import type { RowTemplate } from '../../../../src/handlers/bulk/records/row-template';
import type { InvokerConfig } from '../../../../src/handlers/invoke/config/config';
import { LIMITS, MODEL_ID, REGION } from '../../../invoker/test-invoker';

export const CONFIG: InvokerConfig = {
  modelId: MODEL_ID, endpoint: 'bedrock-runtime', region: REGION, url: new URL('http://127.0.0.1:9'), options: { limits: LIMITS }, reportingQueues: [],
};

/** A good record as batch inference takes it. */
export function record(recordId: string, text = 'Hello', maxTokens = 100): string {
  return JSON.stringify({ recordId, modelInput: { anthropic_version: 'bedrock-2023-05-31', max_tokens: maxTokens, messages: [{ role: 'user', content: text }] } });
}

/** A text in chunks of a size. */
export async function* inChunks(text: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What is said of the lines of one set. */
export function checkedLines(lines: string[], template?: RowTemplate): Checked[] {
  const check = new RecordCheck(CONFIG, template);
  return lines.map((text, index) => check.line({ number: index + 1, bytes: Buffer.from(text) }));
}
