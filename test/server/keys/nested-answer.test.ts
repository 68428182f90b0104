import { expect, test } from 'vitest';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { Eraser } from '../../../server/keys/redact-bytes.ts';
import { PLAN_FORM } from '../../../shared/compose/answers/forms/plan-form.ts';
import { readStructured } from '../../../shared/compose/answers/read-structured.ts';
import { CANARY_LENGTHS, makeCanary } from '../../leak/canary.ts';

const escaped = (key: string): string =>
  Array.from(key, (char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('');
const planWith = (text: string): string =>
  `{"items":[{"name":"notes","action":"create","covers":["c1"],"description":"${text}"}]}`;

/** An answer is read through so many layers of text in text, each of which takes away a layer of escapes. */
const LAYERS: readonly (readonly [string, (plan: string) => string])[] = [
  ['an object', (plan) => plan],
  ['a text', (plan) => JSON.stringify(plan)],
  ['a text in an object', (plan) => JSON.stringify({ plan })],
  ['a text in an object in a text', (plan) => JSON.stringify(JSON.stringify({ plan }))],
];

test.each(LAYERS)('a key in escapes is in no plan that was read from %s', (_, wrap) => {
  for (const length of CANARY_LENGTHS) {
    const { key, secret } = makeCanary(undefined, length);
    const clean = new Eraser(new ProviderKey(Buffer.from(key))).overText();
    const plan = readStructured(clean(wrap(planWith(escaped(key))), true), PLAN_FORM);
    expect(plan.kind).toBe('value');
    const text = JSON.stringify(plan);
    const pieces = Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
    expect(pieces.filter((piece) => text.includes(piece))).toEqual([]);
  }
});
