import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../shared/contract/failure.ts';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { failureOf } from '../../../../shared/providers/refusals/failure-of.ts';
import { REFUSAL_RULES } from '../../../../shared/providers/refusals/refusal-rules.ts';
import { WORD_FAMILIES } from '../../../../shared/providers/refusals/word-families.ts';
import {
  BODIES,
  HELD_OUT,
  MESSAGES,
  REFUSAL_CASES,
  REPORTED_SIBLINGS,
  SIBLINGS,
  VENDOR_SIBLINGS,
} from './cases/all-cases.ts';
import type { Wording } from './cases/refusal-case.ts';

const LAB = endpointToVendor({ id: 'lab', name: 'Lab', format: 'openai', baseUrl: 'http://127.0.0.1:1/v1' });
const NOW = Date.parse('2026-11-18T00:00:00Z');

function read(
  provider: string | undefined,
  status: number,
  headers: Readonly<Record<string, string>> | undefined,
  body: unknown,
): Failure {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return failureOf(vendorById(provider ?? '') ?? LAB, { status, headers: headers ?? {}, text }, NOW);
}

const named = (rows: readonly Wording[]) =>
  rows.map(
    (row) => [`${row[0]} ${typeof row[1] === 'string' ? row[1] : JSON.stringify(row[1])}`, row] as const,
  );

const told = ({ code, reason }: Failure): string => `${code}/${reason ?? ''}`;

const FIELD = new URL('../../../../../shared/cases/refusals.json', import.meta.url);
interface FieldCase {
  readonly name: string;
  readonly provider: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly want: string;
}
// as: the file's own shape, which its README tells
const field = existsSync(FIELD) ? (JSON.parse(readFileSync(FIELD, 'utf8')) as readonly FieldCase[]) : [];

describe.skipIf(field.length === 0)(
  `refusals from the field${field.length === 0 ? ' (skipped: ../shared/cases is not here)' : ''}`,
  () => {
    it.each(field.map((one) => [one.name, one] as const))('reads %s', (_, one) => {
      const failure = read(one.provider, one.status, one.headers, one.body);
      if (one.want === 'a word about the address') {
        expect(failure.message).toMatch(/address/);
        return;
      }
      const [want = '', about] = one.want.split(' ');
      const [code, reasons = ''] = want.split('/');
      expect(failure.code).toBe(code);
      expect(reasons.split('|')).toContain(failure.reason ?? '');
      if (about === undefined) return;
      expect(failure.message).toMatch(/a day’s quota/);
      expect(failure.retryAfterSeconds).toBeUndefined();
    });

    it.each(field.map((one) => [one.name, one] as const))('says what was said: %s', (_, one) => {
      const message =
        /"(?:message|error|detail)":"((?:\\"|[^"])*)"/.exec(JSON.stringify(one.body))?.[1] ?? '';
      const said = read(one.provider, one.status, one.headers, one.body).said ?? '';
      const plain = message.replaceAll('\\"', '"').split('xa***bc');
      for (const part of plain) expect(said).toContain(part);
    });
  },
);

describe('refusals as vendors write them', () => {
  it.each(REFUSAL_CASES.map((one) => [`${one.from}: ${one.want}`, one] as const))('reads %s', (_, one) => {
    const failure = read(one.provider, one.status, one.headers, one.body);
    expect(told(failure)).toBe(one.want);
    if (one.body !== '') expect(failure.said).toBeTruthy();
  });

  it.each(
    [...SIBLINGS, ...VENDOR_SIBLINGS, ...REPORTED_SIBLINGS, ...HELD_OUT].map(
      (one) => [`${one.from}: ${one.status} ${one.want}`, one] as const,
    ),
  )('reads %s', (_, one) => {
    expect(told(read(one.provider, one.status, one.headers, one.body))).toBe(one.want);
  });

  it.each(named(MESSAGES))('reads %s', (_, [status, message, want, provider]) => {
    const error = { message, type: 'invalid_request_error', param: null, code: null };
    expect(told(read(provider, status, {}, { error }))).toBe(want);
  });

  it.each(named(BODIES))('reads %s', (_, [status, body, want, provider, headers]) => {
    expect(told(read(provider, status, headers, body))).toBe(want);
  });
});

describe('the rules', () => {
  const all = [
    ...REFUSAL_CASES.map(({ body }) => body),
    ...SIBLINGS.map(({ body }) => body),
    ...VENDOR_SIBLINGS.map(({ body }) => body),
    ...REPORTED_SIBLINGS.map(({ body }) => body),
    ...HELD_OUT.map(({ body }) => body),
    ...MESSAGES.map((row) => row[1]),
    ...BODIES.map((row) => row[1]),
  ];

  it('are each there for somebody: no row is without a case', () => {
    const texts = all.map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
    const texts2 = [
      ...texts,
      ...field.map(({ body }) => JSON.stringify(body)),
      'CORS requests are not allowed',
    ];
    const idle = [...REFUSAL_RULES, ...WORD_FAMILIES].filter(
      (rule) => rule.words && !texts2.some((text) => rule.words?.some((one) => one.test(text))),
    );
    expect(idle).toEqual([]);
  });
});
