import { ExitCode } from './exit-code';
import { Terminal } from './terminal';

/** What a command does once its options are read. */
export type CommandRun = (terminal: Terminal) => ExitCode | Promise<ExitCode>;

/** Takes a command's work, carries it out and keeps its exit code. */
export type Perform = (run: CommandRun) => Promise<void>;
