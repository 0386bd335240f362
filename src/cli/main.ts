import { Command, CommanderError } from 'commander';
import { ExitCode, UsageError } from './command';
import { costCommand } from './cost';
import { moveCommand } from './move';
import { accessCommand, cardCommand, checkCommand } from './online-commands';
import { policyCommand } from './policy';
import { reachCommand } from './reach';
import { recordsCommand } from './records';
import { regionsCommand } from './regions';
import { routeCommand } from './route';
import { scanCommand } from './scan';
import { Perform, Terminal } from './terminal';

/** By name: what asks AWS is a bundle of its own, with classes of its own. */
const EXPECTED = ['UsageError', 'CdkBedrockHaikuError'];

/** Set when the command line is bundled. */
declare const PACKAGE_VERSION: string;

const terminal = new Terminal(process.stdout, process.stderr, process.env);
// Asked here and not of the parser: what cannot be parsed is answered in JSON too.
const json = process.argv.includes('--json');
const perform: Perform = async (run) => {
  process.exitCode = await run(terminal);
};

const program = new Command('cdk-bedrock-haiku')
  .description('May a Region call a Claude model on Amazon Bedrock, where does the request run, and which IAM does that need?')
  .version(PACKAGE_VERSION)
  .configureOutput({
    getOutHelpWidth: () => terminal.width,
    getErrHelpWidth: () => terminal.width,
    writeOut: (text) => terminal.print(text.replace(/\n$/, '')),
    writeErr: (text) => json || process.stderr.write(text),
  })
  .showHelpAfterError('(add --help for the options)')
  .addHelpText('after', '\ncheck, card and access ask AWS with your credentials; the others work offline.'
    + '\nAll take --json; what fails then prints'
    + '\n{ "error": { "message": "...", "code": "..." } } on standard output.'
    + '\nExit code: 0 in order, 1 something was found, 2 bad usage or something could not'
    + '\nbe checked.')
  .exitOverride();
program.hook('preAction', (_, command) => refuseOptionsAsValues(command));
const COMMANDS = [
  regionsCommand,
  routeCommand,
  policyCommand,
  costCommand,
  moveCommand,
  recordsCommand,
  reachCommand,
  scanCommand,
  checkCommand,
  cardCommand,
  accessCommand,
];
for (const command of COMMANDS) {
  program.addCommand(command(perform).copyInheritedSettings(program));
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => terminal.lost(error));
// Remarks have nowhere else to go.
process.stderr.on('error', () => {});

void program.parseAsync().catch(failed).then(async () => {
  if (!await terminal.written()) process.exitCode = ExitCode.NOT_CHECKED;
  // A question that was given up may still hold a connection or a process.
  process.exit();
});

/** The parser takes whatever follows an option that wants a value, also the next option. */
function refuseOptionsAsValues(command: Command): void {
  for (const { long, attributeName } of command.options.map((option) => ({ long: option.long, attributeName: option.attributeName() }))) {
    const given = [command.getOptionValue(attributeName) as unknown].flat().find((value) => typeof value === 'string' && /^--./.test(value));
    if (given !== undefined) throw new UsageError(`${long} has no value, got the option ${JSON.stringify(given)} in its place; expected a value after ${long}.`);
  }
}

function failed(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitCode.IN_ORDER : ExitCode.NOT_CHECKED;
    // The parser has said it already, in words.
    if (error.exitCode !== 0 && json) printError(error.message.replace(/^error: /, ''), 'USAGE');
    return;
  }
  process.exitCode = ExitCode.NOT_CHECKED;
  const { name, message, stack, code } = error as Error & { code?: string };
  const expected = EXPECTED.includes(name);
  const said = expected ? message : `Unexpected error, please report it: ${json ? message : stack ?? String(error)}`;
  if (json) printError(said, expected ? code ?? 'USAGE' : 'UNEXPECTED');
  else terminal.remark(said);
}

function printError(message: string, code: string): void {
  terminal.printJson({ error: { message, code } });
}
