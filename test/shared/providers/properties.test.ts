import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VENDORS } from '../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import { redactText } from '../../../shared/providers/redact-patterns.ts';
import { failureOf } from '../../../shared/providers/refusals/failure-of.ts';
import { readStream } from './formats/read-stream.ts';

const ANTHROPIC_AND_OPENAI = VENDORS.filter(({ id }) => id === 'anthropic' || id === 'openai');
const EVERY_FORMAT = (['openai', 'anthropic', 'responses', 'gemini', 'converse'] as const).map((format) =>
  endpointToVendor({ id: 'op', name: format, format, baseUrl: 'https://h.invalid' }),
);

/** Words of both dialects in wrong places, so that junk comes close to the real thing. */
const word = fc.constantFrom(
  'data: ',
  'event: error\n',
  '\n',
  '\n\n',
  '\r',
  ': ',
  '{',
  '}',
  '"error"',
  ':',
  'null',
  '[DONE',
  '{"choices":[',
  '"delta"',
  '"type":"message_',
  ',',
  '[',
  ']',
  '"finish_reason"',
);
const junk = fc
  .array(fc.oneof(word, fc.string(), fc.json()), { maxLength: 40 })
  .map((words) => words.join(''));

const shape = fc.oneof(
  fc.record({
    choices: fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ delta: fc.jsonValue(), finish_reason: fc.jsonValue() })),
    ),
    usage: fc.jsonValue(),
  }),
  fc.record({
    type: fc.constantFrom(
      'message_start',
      'content_block_start',
      'content_block_delta',
      'message_delta',
      'ping',
    ),
    message: fc.jsonValue(),
    delta: fc.jsonValue(),
  }),
);

const FINISHES = [
  'stop',
  'length',
  'tool_calls',
  'function_call',
  'complete',
  'stop_sequence',
  'eos',
  'eos_token',
  'max_tokens',
  'content_filter',
];

describe('readers', () => {
  it.each(EVERY_FORMAT.map((vendor) => [vendor.name, vendor] as const))(
    'never throw and never take junk for an answer (%s)',
    (_, vendor) => {
      fc.assert(
        fc.property(junk, fc.integer({ min: 1, max: 9 }), (text, size) => {
          const bytes = Buffer.from(text);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (__, i) =>
            bytes.subarray(i * size, (i + 1) * size),
          );
          expect(readStream(vendor, chunks).failure).toBeDefined();
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(EVERY_FORMAT.map((vendor) => [vendor.name, vendor] as const))(
    'never throw on well-formed events of the wrong shape (%s)',
    (_, vendor) => {
      fc.assert(
        fc.property(fc.array(shape, { maxLength: 8 }), (events) => {
          const reading = readStream(
            vendor,
            events.map((event) => `data: ${JSON.stringify(event)}\n\n`),
          );
          const said = JSON.stringify(events).toLowerCase();
          if (reading.finish)
            expect(FINISHES.some((finish) => said.includes(`"finish_reason":"${finish}"`))).toBe(true);
          expect(reading.text).toBe(reading.shown);
          if (reading.usage) expect(reading.usage.inputTokens).toBeGreaterThanOrEqual(0);
        }),
        { numRuns: 500 },
      );
    },
  );

  it('read a stream the same however it is cut', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 6 }),
        fc.array(fc.nat(400), { maxLength: 12 }),
        (deltas, cuts) => {
          const events = deltas.map((content) => ({ choices: [{ delta: { content } }] }));
          const bytes = Buffer.from(
            [...events, { choices: [{ delta: {}, finish_reason: 'stop' }] }]
              .map((event) => `data: ${JSON.stringify(event)}\n\n`)
              .join(''),
          );
          const at = [
            0,
            ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
            bytes.length,
          ];
          const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
          for (const vendor of ANTHROPIC_AND_OPENAI.slice(1))
            expect(readStream(vendor, chunks)).toMatchObject({ text: deltas.join(''), finish: 'stop' });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('failures', () => {
  it('never throw, quote nothing of a body, and always say something', () => {
    const body = fc.oneof(
      fc.string({ minLength: 12 }),
      fc.json(),
      fc.record({ error: fc.jsonValue(), message: fc.string() }).map((json) => JSON.stringify(json)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...VENDORS),
        fc.integer({ min: 0, max: 999 }),
        body,
        (vendor, status, text) => {
          const failure = failureOf(vendor, { status, headers: { 'retry-after': text }, text }, 0);
          expect(failure.message.length).toBeGreaterThan(20);
          if (text.length >= 12 && /\S{12}/.test(text)) expect(failure.message).not.toContain(text);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('redaction', () => {
  it('leaves text without long runs of letters and digits as it is', () => {
    const plain = fc
      .array(fc.stringMatching(/^[a-z-]{1,14}$/), { maxLength: 30 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(plain, (text) => {
        expect(redactText(text)).toBe(text);
      }),
    );
  });
});
