import { Terminal } from '../../src/cli/terminal';

function stream(isTTY: boolean, columns?: number): { stream: NodeJS.WriteStream; text: () => string } {
  const written: string[] = [];
  const fake = { isTTY, columns, write: (text: string) => written.push(text) };
  return { stream: fake as unknown as NodeJS.WriteStream, text: () => written.join('') };
}

test.each([
  ['a terminal', true, {}, '\u001b[31mno\u001b[39m'],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, 'no'],
  ['a dumb terminal', true, { TERM: 'dumb' }, 'no'],
  ['a pipe', false, {}, 'no'],
])('on %s colours are as they should be', (_, isTTY, env, expected) => {
  const { stream: out } = stream(isTTY);
  expect(new Terminal(out, stream(false).stream, env).style('red', 'no')).toBe(expected);
});

test.each([[undefined, 80], [72, 72], [20, 60], [300, 120]])('a terminal of %s columns is written to in %i', (columns, width) => {
  expect(new Terminal(stream(true, columns).stream, stream(true).stream, {}).width).toBe(width);
});

test('coloured cells stand under each other', () => {
  const terminal = new Terminal(stream(true, 80).stream, stream(true).stream, {});
  expect(terminal.columns(['State', 'Answer'], [[terminal.style('green', 'in order'), 'a'], ['missing', 'b']])).toBe([
    'State     Answer', '\u001b[32min order\u001b[39m  a', 'missing   b',
  ].join('\n'));
});

test('progress is silent at first, then stands on stderr on one line that a result clears', () => {
  jest.useFakeTimers({ now: 0 });
  try {
    const out = stream(true);
    const err = stream(true);
    const terminal = new Terminal(out.stream, err.stream, {});
    terminal.progress('1 of 9');
    jest.setSystemTime(5000);
    expect(err.text()).toBe('');
    terminal.progress('2 of 9');
    terminal.print('done');
    expect(err.text()).toBe('\r\u001b[2K2 of 9\r\u001b[2K');
    expect(out.text()).toBe('done\n');
  } finally {
    jest.useRealTimers();
  }
});

test('in a log progress takes a line of its own', () => {
  jest.useFakeTimers({ now: 1 });
  try {
    const err = stream(false);
    const terminal = new Terminal(stream(false).stream, err.stream, {});
    terminal.progress('1 of 9');
    jest.setSystemTime(5000);
    terminal.progress('2 of 9');
    terminal.progress('3 of 9');
    expect(err.text()).toBe('2 of 9\n');
  } finally {
    jest.useRealTimers();
  }
});
