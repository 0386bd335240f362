import { valueIn } from '../../../../src/handlers/invoke/http/xml';

test.each([
  ['<Error><Code>NoSuchKey</Code></Error>', 'NoSuchKey'],
  ['<Code>first</Code><Code>second</Code>', 'first'],
  ['<Code></Code>', ''],
  ['<Code>&lt;&quot;a&apos;&gt; &amp;amp; &#38;</Code>', '<"a\'> &amp; &#38;'],
  ['<Code>never ended', undefined],
  ['</Code><Coder>x</Coder>', undefined],
  ['', undefined],
])('of %j the value is %j', (xml, value) => {
  expect(valueIn(xml, 'Code')).toBe(value);
});
