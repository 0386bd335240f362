import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OFFLINE, run } from './command-line';
import { record } from '../handlers/bulk/records/records';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'records-')); });
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const records = (...args: string[]) => run(['records', ...args], OFFLINE, folder);

test('records in order are counted, and few of them are said to cost more', async () => {
  expect(await records(file('a.jsonl', `${record('a')}\n${record('b')}\n`))).toEqual({
    code: 0,
    stdout: `2 records, ${(record('a').length + 1) * 2} bytes: in order for Claude Haiku 4.5.\n`,
    stderr: 'A batch job takes at least 100 records: fewer are asked on demand, at twice the price.\n',
  });
});

test('each bad line is named with its file and number, and nothing is written', async () => {
  const { code, stdout } = await records(file('a.jsonl', `${record('a')}\n\n{"recordId":`), file('b.jsonl', record('a')), '--out', 'out.jsonl');
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout: 'a.jsonl:3: It is no JSON. Each line is one JSON object.\n'
      + 'b.jsonl:1: Its recordId "a" has come before; each record has an ID of its own.\n'
      + '2 of 3 lines are no good records. Nothing was written.\n',
  });
  expect(existsSync(join(folder, 'out.jsonl'))).toBe(false);
});

test('rows become records in a file', async () => {
  file('template.json', '{"prompt":"Say {{text}}","max_tokens":9}');
  const { code } = await records(file('rows.csv', 'id,text\n7,"a,b"\n'), '--template', 'template.json', '--id-field', 'id', '--out', 'out.jsonl');
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'out.jsonl'), 'utf8'))
    .toBe('{"recordId":"7","modelInput":{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"messages":[{"role":"user","content":"Say a,b"}]}}\n');
});

test('--json says the same to a program', async () => {
  const { code, stdout } = await records(file('a.jsonl', 'x\n'), '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    model: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    records: 0,
    bytes: 0,
    problems: 1,
    codes: { NOT_JSON: 1 },
    first: [{ file: 'a.jsonl', line: 1, code: 'NOT_JSON', message: 'It is no JSON. Each line is one JSON object.' }],
  });
});

test('no record at all is a finding', async () => {
  expect(await records(file('a.jsonl', '\n'))).toEqual({ code: 1, stdout: 'There are no records.\n', stderr: '' });
});

test.each([
  [['none.jsonl'], 'File cannot be read, got "none.jsonl" (ENOENT); expected a file of records.\n'],
  [['a.jsonl', '--id-field', 'id'], '--id-field is for rows, got "id" without --template; expected both. Records have their own recordId.\n'],
  [['a.jsonl', '--template', 'a.jsonl'], '--template cannot be read, got "a.jsonl" (no JSON); expected a file with one JSON object, a modelInput with {{field}} in its texts.\n'],
  [['a.jsonl', '--out', '-'], '--out is no file, got "-"; expected one: the records are written only if all of them are in order.\n'],
])('%j is bad usage', async (args, stderr) => {
  file('a.jsonl', `${record('a')}\n${record('b')}\n`);
  expect(await records(...args)).toEqual({ code: 2, stdout: '', stderr });
});
