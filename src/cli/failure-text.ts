import type { Terminal } from './terminal';
import { Failure } from '../live/failure';

/** Prints what could not be checked, why, and what to do; failures with the same cause together. */
export function printUnanswered(failures: Failure[], terminal: Terminal): void {
  if (failures.length === 0) return;
  terminal.print(`\n${terminal.style('yellow', 'Could not be checked')}`);
  const byAdvice = new Map<string, Failure[]>();
  for (const failure of failures) byAdvice.set(failure.advice, [...byAdvice.get(failure.advice) ?? [], failure]);
  for (const [advice, alike] of byAdvice) {
    terminal.print(terminal.fields([
      ...[...new Set(alike.map(({ message }) => message))].map((message) => ['-', message]),
      ['', advice],
    ]));
  }
}
