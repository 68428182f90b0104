import { expect, test } from 'vitest';
import { isSecureUrl } from '../../../server/http/secure-url.ts';

test.each([
  ['https://registry.example', true],
  ['http://127.0.0.1:8787', true],
  ['http://127.8.9.10', true],
  ['http://localhost:8787/path', true],
  ['http://[::1]:8787', true],
  ['http://registry.example', false],
  ['http://127.0.0.1.example', false],
  ['http://localhost.example', false],
  ['http://registry.localhost', false],
  ['http://0.0.0.0:8787', false],
  ['http://10.0.0.2', false],
  ['ftp://127.0.0.1', false],
])('%s: %s', (url, secure) => {
  expect(isSecureUrl(new URL(url))).toBe(secure);
});
