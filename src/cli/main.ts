import { Command, CommanderError } from 'commander';
import { accessCommand } from './access-command';
import { cardCommand } from './card-command';
import { checkCommand } from './check-command';
import { Perform } from './command-run';
import { ExitCode } from './exit-code';
import { policyCommand } from './policy-command';
import { regionsCommand } from './regions-command';
import { routeCommand } from './route-command';
import { Terminal } from './terminal';

/** By name: what asks AWS is a bundle of its own, with classes of its own. */
const EXPECTED = ['UsageError', 'CdkBedrockHaikuError'];

/** Set when the command line is bundled. */
declare const PACKAGE_VERSION: string;

const terminal = new Terminal(process.stdout, process.stderr, process.env);
const perform: Perform = async (run) => {
  process.exitCode = await run(terminal);
};

const program = new Command('cdk-bedrock-haiku')
  .description('May a Region call Claude Haiku 4.5 on Amazon Bedrock, where does the request run, and which IAM does that need?')
  .version(PACKAGE_VERSION)
  .configureOutput({ getOutHelpWidth: () => terminal.width, getErrHelpWidth: () => terminal.width })
  .showHelpAfterError('(add --help for the options)')
  .addHelpText('after', '\nregions, route and policy work offline; check, card and access ask AWS with your credentials.'
    + '\nExit code: 0 in order, 1 something was found, 2 bad usage or something could not be checked.')
  .exitOverride();
for (const command of [regionsCommand, routeCommand, policyCommand, checkCommand, cardCommand, accessCommand]) {
  program.addCommand(command(perform).copyInheritedSettings(program));
}

// A reader that has seen enough, such as head, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitCode.IN_ORDER : ExitCode.NOT_CHECKED;
    return;
  }
  process.exitCode = ExitCode.NOT_CHECKED;
  const { name, message, stack } = error as Error;
  terminal.remark(EXPECTED.includes(name) ? message : `Unexpected error, please report it: ${stack ?? String(error)}`);
});
