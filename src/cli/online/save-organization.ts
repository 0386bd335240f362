import { AwsClients } from './aws-clients';
import { errorOf, unansweredText } from './failures';
import { Failure } from '../../live/failure';
import { chosenAccount, chosenCard } from '../chosen';
import { ExitCode, UsageError } from '../command';
import { outputOf, writeFile } from '../output-file';
import type { Terminal } from '../terminal';

export interface SaveOptions {
  readonly saveOrganization?: string;
  readonly account?: string;
  readonly card?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

/** Writes the service control policies of an account to a file, all of them or none. */
export async function runSaveOrganization(options: SaveOptions, terminal: Terminal): Promise<ExitCode> {
  const { saveOrganization: out = '-', json, timeout } = options;
  const output = outputOf(out, '--save-organization');
  const onStdout = 'descriptor' in output && output.descriptor === 1;
  if (onStdout && json) {
    throw new UsageError(`--json and --save-organization ${out} both write to standard output; expected one of them: the file of an organization is JSON already.`);
  }
  const named = options.account === undefined ? undefined : chosenAccount(options.account);
  const clients = new AwsClients(timeout);
  const near = await clients.configuredRegion(chosenCard(options)) ?? ANYWHERE;
  terminal.progress('Asking AWS Organizations');
  const caller = await clients.caller(near);
  if (caller.failure) return nothingWritten(caller.failure, json, terminal);
  const account = named ?? caller.value!.account;
  const { value: policies, failure } = await clients.policiesOfAccount(near, account);
  if (!policies) return nothingWritten(failure!, json, terminal);
  const text = JSON.stringify(policies, undefined, 2);
  if ('file' in output) writeFile(output, out, `${text}\n`);
  else if (onStdout) terminal.print(text);
  else terminal.printToErr(text);
  if (!await terminal.written()) return ExitCode.NOT_CHECKED;
  const levels = policies.levels.map(({ name, policies: attached }) => ({ name, policies: attached.map((one) => one.name) }));
  const summary = `Wrote ${out}: account ${account} and the ${levels.length - 1} levels above it. Use it with reach --organization ${out}.`;
  if (json) terminal.printJson({ file: out, account, levels });
  else if (onStdout) terminal.remark(summary);
  else terminal.print(summary);
  return ExitCode.IN_ORDER;
}

/** AWS Organizations answers for a whole partition, and most are asked in the general one. */
const ANYWHERE = 'us-east-1';

function nothingWritten(failure: Failure, json: boolean | undefined, terminal: Terminal): ExitCode {
  if (json) terminal.printJson({ failures: [failure], error: errorOf([failure]) });
  else terminal.remark(`${unansweredText([failure], terminal)}\n\nNothing was written.`);
  return ExitCode.NOT_CHECKED;
}
