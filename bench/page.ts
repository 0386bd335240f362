import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A Markdown table. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The page with this text between the markers of a bench, and everything else as it was. */
export function withSection(page: string, text: string, bench: string = 'bench'): string {
  const [START, END] = [`<!-- ${bench}:start -->`, `<!-- ${bench}:end -->`];
  const section = `${START}\n${text.trim()}\n${END}`;
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 && end < 0) return `${page.trimEnd()}\n\n${section}\n`;
  if (start < 0 || end < start) throw new Error(`The page has one marker of ${START} and ${END}; expected both, in this order, or neither.`);
  return page.slice(0, start) + section + page.slice(end + END.length);
}

/** Writes the section into a file, which is made if it is not there. */
export function writeSection(file: string, title: string, text: string, bench?: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, withSection(existsSync(file) ? readFileSync(file, 'utf8') : `# ${title}\n`, text, bench));
}
