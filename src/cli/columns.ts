import { Table } from 'console-table-printer';

/** The narrowest that the last column may become. */
const NARROWEST = 24;
const GAP = 2;
const NO_LINE = { left: '', mid: '', right: '', other: '' };
// Colours are control sequences: that is what is looked for.
// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[\d+m/g;

/** Rows under their titles, without borders; the last column wraps within the width. */
export function columns(titles: string[], rows: string[][], width: number): string {
  const others = titles.slice(0, -1).map((title, index) => Math.max(...[title, ...rows.map((row) => row[index])].map(visibleLength)));
  const left = others.reduce((sum, length) => sum + length + GAP, 0);
  const table = new Table({
    shouldDisableColors: true,
    columns: titles.map((title, index) => ({
      name: String(index), title, alignment: 'left' as const, ...(index === titles.length - 1 && { maxLen: Math.max(width - left, NARROWEST) }),
    })),
    style: { headerTop: NO_LINE, headerBottom: NO_LINE, tableBottom: NO_LINE, rowSeparator: NO_LINE, vertical: '' },
  });
  for (const row of rows) table.addRow(Object.fromEntries(row.map((cell, index) => [String(index), cell])));
  return table.render().split('\n').map((line) => line.replace(/^ /, '').trimEnd()).filter((line) => line !== '').join('\n');
}

function visibleLength(text: string): number {
  return text.replace(COLOUR, '').length;
}
