import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../shared/providers/answer.ts';
import { vendorById } from '../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { readStream } from './formats/read-stream.ts';
import { MISSING, type Recording, recordings } from './recordings.ts';

const VENDOR_OF: Readonly<Record<string, string>> = {
  'api.openai.com': 'openai',
  'api.anthropic.com': 'anthropic',
  'api.groq.com': 'groq',
  'openrouter.ai': 'openrouter',
};

/** DeepSeek and Mistral are no vendors of ours, but operators may add them. */
function vendorOf({ host }: Recording): Vendor {
  const vendor = vendorById(VENDOR_OF[host] ?? '');
  return (
    vendor ??
    endpointToVendor({ id: 'op', name: 'Operator', format: 'openai', baseUrl: `https://${host}/v1` })
  );
}

const CHATS = recordings(({ path, status }) => status === 200 && path.endsWith('/chat/completions'));
const MESSAGES = recordings(({ path, status }) => status === 200 && path.endsWith('/v1/messages'));
const ALL = [...CHATS, ...MESSAGES];

const replay = (bytes: Buffer) => async () =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': 'text/event-stream' } });

/** What OpenAI's own client makes of the chunks; its error instead when it throws one. */
async function openAiAccumulates({ bytes }: Recording) {
  const client = new OpenAI({
    apiKey: 'none',
    baseURL: 'http://recorded.invalid/v1',
    fetch: replay(bytes),
    maxRetries: 0,
  });
  const stream = await client.chat.completions.create({ model: 'any', messages: [], stream: true });
  let text = '';
  let finish: string | null = null;
  let usage: OpenAI.CompletionUsage | null | undefined;
  try {
    for await (const chunk of stream) {
      const choice = chunk.choices[0];
      const content: unknown = choice?.delta.content;
      // The SDK hands Mistral's arrays of parts through as they are.
      if (typeof content === 'string') text += content;
      else if (Array.isArray(content))
        for (const part of content) text += part.type === 'text' ? part.text : '';
      finish = choice?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
  } catch (error) {
    return { text, finish, usage, error };
  }
  return { text, finish, usage, error: undefined };
}

const FINISH: Readonly<Record<string, string>> = {
  stop: 'stop',
  tool_calls: 'stop',
  length: 'length',
  end_turn: 'stop',
  tool_use: 'stop',
};

function outcome({ text, finish, failure, usage, model, requestId }: Reading) {
  return { text, finish, failure, usage, model, requestId };
}

describe.skipIf(MISSING !== undefined)(`recorded streams${MISSING ? ` (skipped: ${MISSING})` : ''}`, () => {
  it('are there', () => {
    expect(CHATS.length).toBeGreaterThanOrEqual(20);
    expect(MESSAGES.length).toBeGreaterThanOrEqual(9);
  });

  it.each(CHATS.map((one) => [one.file, one] as const))(
    'reads %s as the openai SDK does',
    async (_, recording) => {
      const ours = readStream(vendorOf(recording), [recording.bytes]);
      const theirs = await openAiAccumulates(recording);
      expect(ours.text).toBe(theirs.text);
      expect(ours.shown).toBe(theirs.text);
      if (theirs.usage) {
        expect(ours.usage?.inputTokens).toBe(theirs.usage.prompt_tokens);
        expect(ours.usage?.outputTokens).toBe(theirs.usage.completion_tokens);
        expect(ours.usage?.cachedTokens).toBe(theirs.usage.prompt_tokens_details?.cached_tokens ?? 0);
      }
      expect(ours.failure !== undefined).toBe(theirs.error !== undefined);
      if (!theirs.error) expect(ours.finish).toBe(FINISH[theirs.finish ?? '']);
    },
  );

  it.each(MESSAGES.map((one) => [one.file, one] as const))(
    'reads %s as the @anthropic-ai/sdk does',
    async (_, recording) => {
      const client = new Anthropic({
        apiKey: 'none',
        baseURL: 'http://recorded.invalid',
        fetch: replay(recording.bytes),
        maxRetries: 0,
      });
      const theirs = await client.messages
        .stream({ model: 'any', max_tokens: 1, messages: [] })
        .finalMessage();
      const ours = readStream(vendorOf(recording), [recording.bytes]);
      expect(ours.text).toBe(
        theirs.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
      );
      expect(ours.finish).toBe(FINISH[theirs.stop_reason ?? '']);
      const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens } =
        theirs.usage;
      expect(ours.usage).toEqual({
        inputTokens: input_tokens + (cache_creation_input_tokens ?? 0) + (cache_read_input_tokens ?? 0),
        outputTokens: output_tokens,
        cachedTokens: cache_read_input_tokens ?? 0,
        cacheWriteTokens: cache_creation_input_tokens ?? 0,
      });
      expect(ours.model).toBe(theirs.model);
      expect(ours.requestId).toBe(theirs.id);
    },
  );

  it.each(ALL.map((one) => [one.file, one] as const))(
    'reads %s the same byte by byte and in odd pieces',
    (_, recording) => {
      const vendor = vendorOf(recording);
      const whole = outcome(readStream(vendor, [recording.bytes]));
      for (const size of [1, 2, 3, 7, 61, 1021]) {
        expect(outcome(readStream(vendor, pieces(recording.bytes, size)))).toEqual(whole);
      }
    },
  );

  it.each(ALL.map((one) => [one.file, one] as const))(
    'never takes a cut of %s for a whole answer',
    (_, recording) => {
      const vendor = vendorOf(recording);
      const marker = vendor.format === 'anthropic' ? '"type":"message_stop"' : /"finish_reason":"[a-z_]+"/;
      const short = shortened(recording.bytes.toString('utf8'));
      const bytes = Buffer.from(short);
      const full = readStream(vendor, [bytes]).text;
      for (let end = 0; end <= bytes.length; end++) {
        const reading = readStream(vendor, [bytes.subarray(0, end)]);
        const cut = bytes.subarray(0, end).toString('utf8');
        if (reading.finish) expect(cut.search(marker)).toBeGreaterThan(0);
        else expect(reading.failure.code).toMatch(/^provider_/);
        expect(full.startsWith(reading.text)).toBe(true);
      }
    },
  );
});

describe.skipIf(MISSING !== undefined)('recorded failures inside streams', () => {
  const failing = CHATS.filter(({ file }) => /error/.test(file)).map((one) => [one.file, one] as const);

  it.each(failing)('keeps the text of %s and says what went wrong', (_, recording) => {
    const { failure } = readStream(vendorOf(recording), [recording.bytes]);
    const expected = recording.host === 'api.groq.com' ? 'bad_output' : 'bad_request';
    if (/with_text\.1/.test(recording.file) || failure === undefined) return expect(failure).toBeUndefined();
    expect(failure.reason).toBe(expected);
  });
});

function* pieces(bytes: Buffer, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The first and the last events, where all that decides stands; every byte of the whole would take minutes. */
function shortened(stream: string): string {
  const events = stream.split(/(?<=\n\n)/);
  return events.length <= 14 ? stream : [...events.slice(0, 4), ...events.slice(-8)].join('');
}
