import { expect, test } from 'vitest';
import { escapeAt, escapeBefore, LONGEST_UNIT } from '../../../server/keys/read-unit.ts';

const ESCAPES = [
  ...[
    '\\u0073',
    '\\\\u0073',
    '\\\\\\\\u0073',
    '\\u{73}',
    '\\\\\\\\u{0000073}',
    '\\U00000073',
    '\\\\\\\\U00000073',
  ],
  ...['\\x73', '%73', '%2573', '%252573', '%u0073', '%25u0073', '%2525u0073', '=73'],
  ...['&#115;', '&#x73;', '&#0000115;', '&amp;#115;', '&amp;#x0000073;'],
];

test.each(ESCAPES)('%s is an s, read from its beginning and from its end', (written) => {
  const whole = 's'.charCodeAt(0) | (written.length << 8);
  expect(escapeAt(Buffer.from(`${written}t`), 0)).toBe(whole);
  expect(escapeBefore(Buffer.from(`t${written}`), written.length + 1)).toBe(whole);
  expect(written.length).toBeLessThanOrEqual(LONGEST_UNIT);
});

test.each(['\\\\', '\\/', '\\"', '\\\\\\\\/'])('%s is the character that it ends with', (written) => {
  const whole = written.charCodeAt(written.length - 1) | (written.length << 8);
  expect(escapeBefore(Buffer.from(`t${written}`), written.length + 1)).toBe(whole);
});

test.each(['\\', 'word ', '&amp;#', '\\n'])('reads little of an answer of nothing but %j', (part) => {
  const data = Buffer.from(part.repeat(100));
  let reads = 0;
  const counted = new Proxy<Uint8Array>(data, {
    get: (bytes, place) => {
      reads += 1;
      return Reflect.get(bytes, place);
    },
  });
  for (let end = 1; end <= data.length; end++) escapeBefore(counted, end);
  expect(reads / data.length).toBeLessThan(16);
});
