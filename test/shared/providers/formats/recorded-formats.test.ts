import { GoogleGenAI } from '@google/genai';
import { EventStreamCodec, getChunkedStream } from '@smithy/core/event-streams';
import OpenAI from 'openai';
import { describe, expect, it, vi } from 'vitest';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import type { Wire } from '../../../../shared/providers/vendor.ts';
import { MISSING, type Recording, recordings } from '../recordings.ts';
import { readStream } from './read-stream.ts';

const vendorOf = (format: Wire['format']) =>
  endpointToVendor({ id: 'op', name: 'Op', format, baseUrl: 'https://recorded.invalid' });
const recorded = (path: RegExp) =>
  recordings(({ path: of, status }) => status === 200 && path.test(of)).map(
    (one) => [one.file, one] as const,
  );

const RESPONSES = recorded(/\/responses$/);
const GEMINI = recorded(/:streamGenerateContent$/);
const CONVERSE = recorded(/\/converse-stream$/);
const replay = (bytes: Buffer) => async () =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': 'text/event-stream' } });

/** What OpenAI's own client hands out. */
async function openAiAccumulates(bytes: Buffer) {
  const client = new OpenAI({
    apiKey: 'x',
    baseURL: 'http://h.invalid/v1',
    fetch: replay(bytes),
    maxRetries: 0,
  });
  let text = '';
  let last: OpenAI.Responses.Response | undefined;
  for await (const event of await client.responses.create({ model: 'any', input: '', stream: true })) {
    if (event.type === 'response.output_text.delta') text += event.delta;
    if (event.type === 'response.completed' || event.type === 'response.incomplete') last = event.response;
  }
  return { text, last };
}

async function geminiAccumulates(bytes: Buffer) {
  vi.stubGlobal('fetch', replay(bytes));
  const client = new GoogleGenAI({ apiKey: 'x' });
  let text = '';
  let finish: string | undefined;
  let usage: Record<string, unknown> = {};
  // as: its counts are all numbers, under names that are looked at here
  for await (const chunk of await client.models.generateContentStream({ model: 'any', contents: 'x' })) {
    for (const part of chunk.candidates?.[0]?.content?.parts ?? [])
      if (part.text && !part.thought) text += part.text;
    finish = chunk.candidates?.[0]?.finishReason ?? finish;
    usage = (chunk.usageMetadata as Record<string, unknown> | undefined) ?? usage;
  }
  vi.unstubAllGlobals();
  return { text, finish, usage };
}

interface ConverseEvent {
  readonly delta?: { readonly text?: string };
  readonly stopReason?: string;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

/** What Amazon's own codec decodes, checksums included. */
async function converseAccumulates(bytes: Buffer) {
  const codec = new EventStreamCodec(
    (input) => Buffer.from(input as Uint8Array).toString('utf8'), // as: it hands over bytes
    (input) => Buffer.from(input, 'utf8'),
  );
  async function* source() {
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  }
  const events: ConverseEvent[] = [];
  // as: what Bedrock sends, as recorded
  for await (const frame of getChunkedStream(source()))
    events.push(JSON.parse(Buffer.from(codec.decode(frame).body).toString('utf8')) as ConverseEvent);
  return {
    text: events.map(({ delta }) => delta?.text ?? '').join(''),
    stopReason: events.find(({ stopReason }) => stopReason)?.stopReason,
    usage: events.find(({ usage }) => usage)?.usage,
  };
}

describe.skipIf(MISSING !== undefined)(`recorded formats${MISSING ? ` (skipped: ${MISSING})` : ''}`, () => {
  it('are there', () => {
    expect(RESPONSES.length).toBeGreaterThanOrEqual(14);
    expect(GEMINI.length).toBeGreaterThanOrEqual(7);
    expect(CONVERSE.length).toBeGreaterThanOrEqual(7);
  });

  it.each(RESPONSES)('reads %s as the openai SDK does', async (_, { bytes }) => {
    const { text, last } = await openAiAccumulates(bytes);
    const ours = readStream(vendorOf('responses'), [bytes]);
    expect(ours.text).toBe(text);
    expect(ours.shown).toBe(text);
    if (!last) return expect(ours.failure).toBeDefined();
    expect(ours.finish).toBe(last.status === 'completed' ? 'stop' : 'length');
    expect(ours.model).toBe(last.model);
    expect(ours.requestId).toBe(last.id);
    expect(ours.usage).toMatchObject({
      inputTokens: last.usage?.input_tokens,
      outputTokens: last.usage?.output_tokens,
      cachedTokens: last.usage?.input_tokens_details.cached_tokens,
    });
  });

  it.each(GEMINI)('reads %s as @google/genai does', async (_, { bytes }) => {
    const { text, finish, usage } = await geminiAccumulates(bytes);
    const ours = readStream(vendorOf('gemini'), [bytes]);
    expect(ours.text).toBe(text);
    expect(ours.shown).toBe(text);
    if (finish === undefined) return expect(ours.failure?.reason).toBe('truncated');
    expect(finish).toBe('STOP');
    expect(ours.finish).toBe('stop');
    const count = (name: string) => Number(usage[name] ?? 0);
    expect(ours.usage).toMatchObject({
      inputTokens: count('promptTokenCount') + count('toolUsePromptTokenCount'),
      outputTokens: count('candidatesTokenCount') + count('thoughtsTokenCount'),
    });
    expect((ours.usage?.inputTokens ?? 0) + (ours.usage?.outputTokens ?? 0)).toBe(count('totalTokenCount'));
    expect(ours.model).toMatch(/^gemini-/);
  });

  it.each(CONVERSE)('reads %s as Amazon’s codec does', async (_, { bytes }) => {
    const { text, stopReason, usage } = await converseAccumulates(bytes);
    const ours = readStream(vendorOf('converse'), [bytes]);
    expect(ours.text).toBe(text);
    expect(ours.shown).toBe(text);
    expect(ours.finish).toBe({ end_turn: 'stop', tool_use: 'stop', max_tokens: 'length' }[stopReason ?? '']);
    expect(ours.usage).toMatchObject({
      inputTokens: usage?.inputTokens,
      outputTokens: usage?.outputTokens,
    });
  });

  it.each([
    ...RESPONSES.map(([file, one]) => [file, 'responses', one] as const),
    ...GEMINI.map(([file, one]) => [file, 'gemini', one] as const),
    ...CONVERSE.map(([file, one]) => [file, 'converse', one] as const),
  ])('reads %s (%s) the same byte by byte and in odd pieces', (_, format, { bytes }: Recording) => {
    const whole = readStream(vendorOf(format), [bytes]);
    for (const size of [1, 2, 3, 7, 61, 1021]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (__, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(readStream(vendorOf(format), pieces)).toEqual(whole);
    }
  });

  it.each(CONVERSE)('never takes a cut of %s for a whole answer', (_, { bytes }) => {
    const stop = bytes.indexOf('"stopReason"');
    const { text } = readStream(vendorOf('converse'), [bytes]);
    for (let end = 0; end < bytes.length; end += 5) {
      const reading = readStream(vendorOf('converse'), [bytes.subarray(0, end)]);
      if (reading.finish) expect(end).toBeGreaterThan(stop);
      else expect(reading.failure.code).toBe('provider_failed');
      expect(text.startsWith(reading.text)).toBe(true);
    }
  });
});
