import type { CsvRow } from './csv-rows';
import type { Line } from './lines';
import type { RowTemplate } from './row-template';
import { SeenIds } from './seen-ids';
import { MOST_RECORD_ID_CHARACTERS } from '../../../contract/bulk-records';
import { BEDROCK_BODY_BYTES } from '../../../contract/limits';
import type { InvokerConfig } from '../../invoke/config/config';
import { MESSAGES } from '../../invoke/dialects/messages-dialect';
import { runtimeBody } from '../../invoke/dialects/messages-request';
import { asInvokerError } from '../../invoke/failures/errors';
import { parseJson } from '../../invoke/json/exact-json';
import { isObject, JsonObject } from '../../invoke/json/json-object';

/** The most bytes of a record's line: what a call holds at most, with an ID and the names of the fields around it. */
export const MOST_LINE_BYTES = BEDROCK_BODY_BYTES + 2048;

/** What a program may ask of a problem; what to do stands in its message. */
export type ProblemCode = 'TOO_LARGE' | 'NOT_JSON' | 'NOT_A_RECORD' | 'ROW' | 'RECORD_ID' | 'DUPLICATE' | 'MODEL_INPUT';

/** Why a record would be refused, before it is paid for. Nothing of its prompt is quoted. */
export interface RecordProblem {
  readonly line: number;
  readonly code: ProblemCode;
  readonly message: string;
}

/** A record as batch inference takes it. */
export interface CheckedRecord {
  readonly line: number;
  readonly recordId: string;
  /** A line of JSON, without its end. */
  readonly text: string;
}

export type Checked = CheckedRecord | RecordProblem;

const FIELDS = ['recordId', 'modelInput'];
/** A line that has it twice would mean one thing to us and another to who reads it next. */
const ID_FIELD = '"recordId"';
const DECODER = new TextDecoder('utf-8', { fatal: true });

/**
 * Checks the records of one set as the invoker would check each call, and writes out what batch inference wants written: the version, the
 * limit of output tokens, `{ "prompt" }` as messages. Batch inference itself checks nothing of that, and bills what it can.
 */
export class RecordCheck {
  private readonly seen = new SeenIds();

  /** @param template - for rows; without one, each line is a record */
  constructor(private readonly config: InvokerConfig, private readonly template?: RowTemplate) {}

  /** A line of JSONL: a record, or a row of fields where there is a template. */
  line({ number, bytes }: Line): Checked {
    if (bytes === undefined) return problem(number, 'TOO_LARGE', `It is longer than ${MOST_LINE_BYTES} bytes; a request of the model holds at most ${BEDROCK_BODY_BYTES}.`);
    let text: string;
    let value: unknown;
    try {
      text = DECODER.decode(bytes);
      value = JSON.parse(text);
    } catch (error) {
      // The message of JSON.parse would quote the line.
      return problem(number, 'NOT_JSON', error instanceof SyntaxError ? 'It is no JSON. Each line is one JSON object.' : 'It is not text in UTF-8.');
    }
    return this.template ? this.row(number, value, this.template) : this.record(number, value, () => parseJson(text) as JsonObject, text);
  }

  /** A row of CSV. Without a template its own fields are those of a record with a prompt. */
  csv({ number, fields, problem: why }: CsvRow): Checked {
    return fields ? this.row(number, fields, this.template) : problem(number, 'ROW', why!);
  }

  private row(number: number, row: unknown, template: RowTemplate | undefined): Checked {
    if (!isObject(row)) return problem(number, 'ROW', 'It is no object with fields.');
    if (!template) {
      const { recordId, ...modelInput } = row;
      return this.record(number, { ...recordId !== undefined && { recordId }, modelInput }, undefined);
    }
    const filled = template.recordOf(row);
    if ('missing' in filled) return problem(number, 'ROW', `It has no ${filled.missing.map((name) => JSON.stringify(name)).join(', ')}, which the template names.`);
    return this.record(number, filled.record, undefined);
  }

  /** `exact` reads the record once more, with its numbers as they are spelled; it is asked only where the record must be written anew. */
  private record(line: number, record: unknown, exact: (() => JsonObject) | undefined, text = ''): Checked {
    if (!isObject(record) || !isObject(record.modelInput)) {
      return problem(line, 'NOT_A_RECORD', 'It is no record; expected {"recordId": "...", "modelInput": {...}} with a request body of the Messages API, or {"prompt": "..."}, as modelInput.');
    }
    const unknown = Object.keys(record).find((name) => !FIELDS.includes(name));
    if (unknown !== undefined) return problem(line, 'NOT_A_RECORD', `It has the field ${JSON.stringify(unknown.slice(0, 100))}; a record has recordId and modelInput, and nothing else.`);
    const recordId = record.recordId ?? `line-${line}`;
    if (typeof recordId !== 'string' || recordId === '' || recordId.length > MOST_RECORD_ID_CHARACTERS) {
      return problem(line, 'RECORD_ID', `Its recordId is ${typeof recordId === 'string' ? `${recordId.length} characters long` : 'no text'}; expected 1 to ${MOST_RECORD_ID_CHARACTERS} characters.`);
    }
    if (!this.seen.add(recordId)) return problem(line, 'DUPLICATE', `Its recordId ${JSON.stringify(recordId)} has come before; each record has an ID of its own.`);
    try {
      const kept = text.indexOf(ID_FIELD) !== -1 && text.indexOf(ID_FIELD) === text.lastIndexOf(ID_FIELD)
        && 'anthropic_version' in record.modelInput && isWhole(record.modelInput, this.prepared(record.modelInput));
      if (kept) return { line, recordId, text: checkedSize(text) };
      const modelInput = runtimeBody(this.prepared(exact ? exact().modelInput : record.modelInput));
      return { line, recordId, text: checkedSize(`{"recordId":${JSON.stringify(recordId)},"modelInput":${modelInput}}`) };
    } catch (error) {
      if (error instanceof RangeError) return problem(line, 'TOO_LARGE', error.message);
      const { name, message } = asInvokerError(error);
      if (name !== 'InvalidRequestError') throw error;
      return problem(line, 'MODEL_INPUT', message.replace(/^The event/, 'Its modelInput'));
    }
  }

  private prepared(modelInput: unknown): JsonObject {
    return MESSAGES.prepare(modelInput, this.config, false).body;
  }
}

/** Whether nothing was added to a body, taken out of it, or changed in it. */
function isWhole(given: JsonObject, prepared: JsonObject): boolean {
  const names = Object.keys(prepared);
  return names.length === Object.keys(given).length && names.every((name) => prepared[name] === given[name]);
}

function checkedSize(text: string): string {
  // A character takes at most three bytes.
  if (text.length * 3 > MOST_LINE_BYTES && Buffer.byteLength(text) > MOST_LINE_BYTES) {
    throw new RangeError(`It is longer than ${MOST_LINE_BYTES} bytes; a request of the model holds at most ${BEDROCK_BODY_BYTES}.`);
  }
  return text;
}

function problem(line: number, code: ProblemCode, message: string): RecordProblem {
  return { line, code, message };
}
