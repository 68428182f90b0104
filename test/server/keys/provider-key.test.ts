import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { makeCanary } from '../../leak/canary.ts';

const { key: text } = makeCanary();
const secret = (): ProviderKey => new ProviderKey(Buffer.from(text));
const shown = text.slice(0, 20);

test.each([
  ['toString()', (key: ProviderKey) => key.toString()],
  ['String()', (key: ProviderKey) => String(key)],
  ['a template', (key: ProviderKey) => `${key}`],
  ['JSON', (key: ProviderKey) => JSON.stringify({ key, list: [key] })],
  ['inspect', (key: ProviderKey) => inspect(key, { showHidden: true, depth: 10, getters: true })],
  ['inspect inside', (key: ProviderKey) => inspect({ key }, { showHidden: true, depth: 10 })],
  [
    'structuredClone',
    (key: ProviderKey) => inspect(structuredClone({ key: { ...key } }), { showHidden: true }),
  ],
  [
    'its own properties',
    (key: ProviderKey) => JSON.stringify(Object.getOwnPropertyNames(key).concat(Object.keys(key))),
  ],
  ['an error’s cause', (key: ProviderKey) => inspect(new Error('x', { cause: key }))],
  ['concatenation', (key: ProviderKey) => `${key as unknown as string}x`],
])('is not shown by %s', (_, show) => {
  // Bytes are printed with blanks and line breaks between them, in hex or as a list of numbers.
  const output = show(secret()).replace(/\s/g, '');
  expect(output).not.toContain(shown);
  expect(output).not.toContain(Buffer.from(shown).toString('hex').slice(0, 16));
  expect(output).not.toContain(Buffer.from(shown.slice(0, 8)).join(','));
});

test('copies its bytes into a buffer, and zero-fills its own and all derived ones', () => {
  const key = secret();
  const target = Buffer.alloc(text.length + 2);
  key.copyInto(target, 1);
  expect(target.subarray(1, -1).toString()).toBe(text);
  const derived = key.derive(text.length);
  key.copyInto(derived, 0);
  key.wipe();
  expect(derived.equals(Buffer.alloc(text.length))).toBe(true);
  expect(() => key.copyInto(target, 0)).toThrow('after its run had ended');
});
