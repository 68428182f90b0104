import { expect, test } from 'vitest';
import { clientBucket, isPrivateHost } from '../../../server/http/client-address.ts';

test.each([
  ['203.0.113.7', undefined, [], '203.0.113.7'],
  ['::ffff:203.0.113.7', undefined, [], '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', undefined, [], '2001:db8:1:2::'],
  ['2001:db8:1:2:ffff::1', undefined, [], '2001:db8:1:2::'],
  ['203.0.113.7', '198.51.100.1', [], '203.0.113.7'],
  ['10.0.0.1', '198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
  ['10.0.0.1', '1.2.3.4, 198.51.100.1', ['10.0.0.1'], '198.51.100.1'],
  ['10.0.0.1', '198.51.100.1, 10.0.0.2', ['10.0.0.0/8'], '198.51.100.1'],
  ['10.0.0.1', '198.51.100.1:50123', ['10.0.0.1'], '198.51.100.1'],
  ['10.0.0.1', '1.2.3.4:1, 198.51.100.1:50123, 10.0.0.2:443', ['10.0.0.0/8'], '198.51.100.1'],
  ['10.0.0.1', '[2001:db8:1:2::7]:50123', ['10.0.0.1'], '2001:db8:1:2::'],
  ['10.0.0.1', '[2001:db8:1:2::7]', ['10.0.0.1'], '2001:db8:1:2::'],
  ['10.0.0.1', '2001:db8:1:2::7', ['10.0.0.1'], '2001:db8:1:2::'],
  ['10.0.0.1', '198.51.100.1:port', ['10.0.0.1'], '0.0.0.0'],
  ['10.0.0.1', 'not an address', ['10.0.0.0/8'], '0.0.0.0'],
  [undefined, undefined, [], '0.0.0.0'],
])('%s behind %s counts as %s', (remote, forwarded, trusted, key) => {
  expect(clientBucket(remote, forwarded, trusted as string[])).toBe(key);
});

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '192.168.0.1',
  '[::1]',
  'localhost',
  'localhost.',
  'db.internal',
  'vllm',
  'fd00::1',
])('%s is private', (host) => {
  expect(isPrivateHost(host)).toBe(true);
});
test.each(['8.8.8.8', 'api.openai.com', '[2606:4700::1111]', 'localhost.evil.com'])('%s is not', (host) => {
  expect(isPrivateHost(host)).toBe(false);
});
