import { Failure } from '../../live/failure';
import type { Terminal } from '../terminal';

/** What could not be checked, why, and what to do; failures with the same remedy together. Empty if there is none. */
export function unansweredText(failures: Failure[], terminal: Terminal): string {
  if (failures.length === 0) return '';
  const byAdvice = new Map<string, Failure[]>();
  for (const failure of failures) byAdvice.set(failure.advice, [...byAdvice.get(failure.advice) ?? [], failure]);
  const groups = [...byAdvice].map(([advice, alike]) => terminal.fields([
    ...[...new Set(alike.map(({ message }) => message))].map((message) => ['-', message]),
    ['', advice],
  ]));
  return [`\n${terminal.style('yellow', 'Could not be checked')}`, ...groups].join('\n');
}

/** The failure that left nothing to report, as `--json` prints it; nothing if there is none. */
export function errorOf([first]: Failure[]): { message: string; code: string } | undefined {
  return first && { message: `${first.message} ${first.advice}`, code: first.kind };
}

/** Whether a failure to learn who asks means that nothing else can be asked either. */
export function endsEverything({ kind }: Failure): boolean {
  return kind === 'no-credentials' || kind === 'expired-credentials' || kind === 'invalid-credentials';
}
