import { createParser, EventSourceMessage } from 'eventsource-parser';
import * as fc from 'fast-check';
import { ServerSentReader } from '../../../../src/handlers/invoke/stream/server-sent-events';
import '../../../property-seed';

function theirs(texts: string[]) {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  texts.forEach((text) => parser.feed(text));
  return events.map(({ event, data }) => ({ event, data }));
}

function ours(texts: string[]) {
  const reader = new ServerSentReader();
  return texts.flatMap((text) => [...reader.push(text)]);
}

test('any stream, however it is cut, is read as eventsource-parser reads it', () => {
  const line = fc.constantFrom('event: a', 'event:b', 'event', 'event:', 'data: {"x":1}', 'data:  two', 'data', 'data:', 'data:y', ': comment', 'id: 7', 'retry: 3', 'datax: 1', 'eventual', ' data: 1', 'data: ä 世界', '', '');
  const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 30 });
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(lines, sizes, (written, given) => {
    // Its end shows that the last "\r" was a whole line end.
    const text = `${written.flat().join('')}\n\n: end\n`;
    const texts: string[] = [];
    for (let at = 0; at < text.length; at += texts.at(-1)!.length) texts.push(text.slice(at, at + given[texts.length % given.length]));
    expect(ours(texts)).toEqual(theirs([text]));
  }), { numRuns: 2000 });
});

test('a line that comes in many pieces is read in the time that its length takes', () => {
  const piece = 'x'.repeat(1000);
  expect(ours(['data: ', ...Array<string>(20_000).fill(piece), '\n\n'])).toEqual([{ event: undefined, data: piece.repeat(20_000) }]);
});
