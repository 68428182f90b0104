import { expect, test } from 'vitest';
import { isSameOrigin } from '../../../server/http/same-origin.ts';

const host = 'oneturn.example.org';

test.each([
  [{ host }],
  [{ host, origin: `https://${host}`, 'sec-fetch-site': 'same-origin' }],
  [{ host: 'localhost:8787', origin: 'http://localhost:8787' }],
  [{ host: '127.0.0.1:9999', origin: 'https://public.example.org' }],
])('takes %j', (headers) => {
  expect(isSameOrigin(new Headers(headers), ['https://public.example.org'])).toBe(true);
});

test.each([
  [{ host, origin: 'null' }],
  [{ host, origin: 'https://evil.example' }],
  [{ host, origin: `https://${host}.evil.example` }],
  [{ host, origin: `https://evil-${host}` }],
  [{ host, origin: `https://${host}:444` }],
  [{ host, 'sec-fetch-site': 'cross-site' }],
  [{ host, 'sec-fetch-site': 'same-site' }],
  [{ host, origin: `https://${host}`, 'sec-fetch-site': 'cross-site' }],
])('refuses %j', (headers) => {
  expect(isSameOrigin(new Headers(headers), [])).toBe(false);
});
