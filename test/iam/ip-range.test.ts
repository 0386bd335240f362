import { isIpRange, liesIn } from '../../src/iam/ip-range';

test.each([
  ['203.0.113.0/24', '203.0.113.77', true],
  ['203.0.113.0/24', '203.0.114.1', false],
  ['203.0.113.5', '203.0.113.5', true],
  ['203.0.113.5/32', '203.0.113.6', false],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '2001:db8::1', true],
  ['2001:DB8::/32', '2001:0db8:ffff::1', true],
  ['2001:db8::/33', '2001:db8:8000::', false],
  ['::1', '0:0:0:0:0:0:0:1', true],
  ['::ffff:10.0.0.0/104', '::ffff:10.1.2.3', true],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
  ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304', true],
])('%s holds %s: %j', (range, address, held) => expect(liesIn(range, address)).toBe(held));

test.each([
  ['10.0.0.0/8', true], ['::', true], ['1::8', true],
  ['10.0.0', false], ['10.0.0.256', false], ['10.0.0.0/33', false], ['10.0.0.0/', false], ['10.0.0.0/8/8', false], ['', false],
  ['1:2:3', false], ['1::2::3', false], ['::/129', false], ['1:2:3:4:5:6:7:8::', false], ['12345::', false], ['::1.2.3', false], ['a', false],
])('%s is an address or a range: %j', (text, is) => expect(isIpRange(text)).toBe(is));
