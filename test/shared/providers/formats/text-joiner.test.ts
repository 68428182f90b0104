import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { TextJoiner } from '../../../../shared/providers/text-joiner.ts';
import type { Wire } from '../../../../shared/providers/vendor.ts';
import { ANTHROPIC } from '../../../../shared/providers/vendors/anthropic.ts';
import { OPENAI } from '../../../../shared/providers/vendors/openai.ts';
import { awkwardText, cutText } from '../awkward-text.ts';
import { converse } from './event-frames.ts';
import { readStream } from './read-stream.ts';

const vendorOf = (format: Wire['format']) =>
  endpointToVendor({ id: 'op', name: 'Op', format, baseUrl: 'https://h.invalid' });

const cuts = fc.array(fc.nat(200), { maxLength: 12 });

describe('text that comes in pieces', () => {
  it('has its characters whole, one emoji in two deltas', () => {
    const chat = (content: string, finish: string | null = null) =>
      `data: {"choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":${JSON.stringify(finish)}}]}\n\n`;
    const stream = chat('# Ship it \\ud83d') + chat('\\ude80 now\\n') + chat('', 'stop');
    expect(readStream(OPENAI, [stream])).toMatchObject({
      text: '# Ship it 🚀 now\n',
      shown: '# Ship it 🚀 now\n',
    });
  });

  it('never shows half a character, and loses none', () => {
    fc.assert(
      fc.property(awkwardText, cuts, (text, at) => {
        const joiner = new TextJoiner();
        const shown = cutText(text, at).map((piece) => joiner.join(piece, false));
        shown.push(joiner.join('', true));
        for (const piece of shown) expect(piece.isWellFormed()).toBe(true);
        expect(shown.join('')).toBe(text.toWellFormed());
      }),
      { numRuns: 500 },
    );
  });

  it('is the same in every format, however it is cut', () => {
    const openAi = (content: string) => ({ choices: [{ index: 0, delta: { content } }] });
    const responses = (delta: string) => ({ type: 'response.output_text.delta', delta });
    const gemini = (text: string) => ({ candidates: [{ content: { parts: [{ text }] } }] });
    const anthropic = (text: string) => ({
      type: 'content_block_delta',
      delta: { type: 'text_delta', text },
    });
    fc.assert(
      fc.property(awkwardText, cuts, (text, at) => {
        const pieces = cutText(text, at);
        for (const [vendor, event] of [
          [OPENAI, openAi],
          [ANTHROPIC, anthropic],
          [vendorOf('responses'), responses],
          [vendorOf('gemini'), gemini],
        ] as const) {
          // JSON.stringify writes half a character as an escape, as the providers do.
          const stream = pieces.map((piece) => `data: ${JSON.stringify(event(piece))}\n\n`).join('');
          const { text: read, shown } = readStream(vendor, [stream]);
          expect(read).toBe(text.toWellFormed());
          expect(shown).toBe(read);
        }
        const frames = pieces.map((piece) => converse('contentBlockDelta', { delta: { text: piece } }));
        expect(readStream(vendorOf('converse'), frames)).toMatchObject({
          text: text.toWellFormed(),
          shown: text.toWellFormed(),
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['\ud83d', '\ude80', 'a\ud83db', '\ud83d\ud83d\ude80', '\ude80\ud83d'])(
    'has a replacement for a half that stays alone: %j',
    (text) => {
      const joiner = new TextJoiner();
      const shown = [...Array(text.length)].map((_, i) => joiner.join(text[i] ?? '', false)).join('');
      expect(shown + joiner.join('', true)).toBe(text.toWellFormed());
    },
  );
});
