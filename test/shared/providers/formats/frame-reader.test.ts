import { EventStreamCodec } from '@smithy/core/event-streams';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SseEvent } from '../../../../shared/providers/formats/answer-reader.ts';
import { FrameReader } from '../../../../shared/providers/formats/frame-reader.ts';
import { converse, exception, frame } from './event-frames.ts';

const MAX = 100_000;

function read(bytes: Buffer, size = bytes.length, max = MAX) {
  const events: SseEvent[] = [];
  const reader = new FrameReader(max, (event) => void events.push(event));
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return { events, fault: reader.fault };
}

describe('frames', () => {
  it('are what Amazon’s codec writes, however they are cut', () => {
    const payload = fc.oneof(fc.string({ unit: 'grapheme' }), fc.json());
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 5 }), fc.integer({ min: 1, max: 300 }), (payloads, size) => {
        const bytes = Buffer.concat(payloads.map((one) => frame({ ':event-type': 'x', more: 'y' }, one)));
        expect(read(bytes, size)).toEqual({
          events: payloads.map((data) => ({ event: 'x', data })),
          fault: undefined,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('may have headers of every type', () => {
    const codec = new EventStreamCodec(String, (input) => Buffer.from(input));
    const body = Buffer.from('{}');
    const bytes = codec.encode({
      headers: {
        yes: { type: 'boolean', value: true },
        no: { type: 'boolean', value: false },
        byte: { type: 'byte', value: 1 },
        short: { type: 'short', value: 2 },
        int: { type: 'integer', value: 3 },
        bytes: { type: 'binary', value: Buffer.from(':event-type') },
        time: { type: 'timestamp', value: new Date(0) },
        id: { type: 'uuid', value: '01234567-89ab-cdef-0123-456789abcdef' },
        ':event-type': { type: 'string', value: 'last' },
      },
      body,
    });
    expect(read(Buffer.from(bytes)).events).toEqual([{ event: 'last', data: '{}' }]);
  });

  it('name exceptions by their type, and other errors by their code and words', () => {
    expect(read(exception('throttlingException', { message: 'slow' })).events).toEqual([
      { event: 'throttlingException', data: '{"message":"slow"}' },
    ]);
    const error = { ':message-type': 'error', ':error-code': 'Throttled', ':error-message': 'slow "down"' };
    expect(read(frame(error, '')).events).toEqual([
      { event: 'ThrottledException', data: '{"message":"slow \\"down\\""}' },
    ]);
  });

  it('are whole or nothing', () => {
    const bytes = converse('messageStart', { role: 'assistant' });
    for (let cut = 0; cut < bytes.length; cut++)
      expect(read(bytes.subarray(0, cut))).toEqual({ events: [], fault: undefined });
  });

  it('larger than the bound are not waited for', () => {
    const bytes = converse('contentBlockDelta', { delta: { text: 'x'.repeat(5000) } });
    expect(read(bytes.subarray(0, 12), 12, 4000)).toEqual({ events: [], fault: 'response_too_large' });
  });

  it('with a length that is none are no frames', () => {
    const bytes = converse('messageStart', {});
    for (let at = 0; at < 12; at++) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 0x11;
      expect(read(broken), `byte ${at}`).toEqual({ events: [], fault: 'not_a_stream' });
    }
  });

  it('with headers that reach beyond them are no frames, and never throw', () => {
    const bytes = converse('messageStart', {});
    fc.assert(
      fc.property(fc.integer({ min: 12, max: bytes.length - 1 }), fc.nat(255), (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        const { events, fault } = read(changed);
        expect(fault === 'not_a_stream' || events.length === 1).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('are read although an echoed key was overwritten in them', () => {
    const bytes = converse('contentBlockDelta', { delta: { text: 'secret' } });
    bytes.fill('*', bytes.indexOf('secret'), bytes.indexOf('secret') + 6);
    expect(read(bytes).events[0]?.data).toContain('******');
  });
});
