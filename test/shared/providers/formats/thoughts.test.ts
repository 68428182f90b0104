import { expect, it } from 'vitest';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import { createReader } from '../../../../shared/providers/formats/answer-reader.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

type Json = Readonly<Record<string, unknown>>;
const delta = (of: Json): Json => ({ choices: [{ index: 0, delta: of, finish_reason: null }] });

it.each([
  ['deepseek', 'deepseek', 'm', delta({ reasoning_content: 'hm, so' })],
  [
    'OpenRouter, which says it twice',
    'openrouter',
    'm',
    delta({ reasoning: 'hm, so', reasoning_details: [{ type: 'reasoning.text', text: 'hm, so' }] }),
  ],
  [
    'OpenRouter’s longer form',
    'openrouter',
    'm',
    delta({ reasoning_details: [{ type: 'reasoning.text', text: 'hm, so' }] }),
  ],
  [
    'Mistral',
    'mistral',
    'm',
    delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm, so' }] }] }),
  ],
  [
    'Anthropic',
    'anthropic',
    'm',
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm, so' } },
  ],
  [
    'Gemini',
    'google',
    'gemini-3-pro',
    { candidates: [{ content: { parts: [{ text: 'hm, so', thought: true }] } }] },
  ],
] as readonly (readonly [string, string, string, Json])[])(
  'counts what %s thinks aloud, and takes none of it for the answer',
  (_, id, __, json) => {
    const reader = createReader(vendor(id));
    const { beats } = reader;
    expect(reader.take(json)).toBe('');
    expect(reader.thoughtChars).toBe('hm, so'.length);
    expect(reader.beats).toBeGreaterThan(beats);
    expect(reader.take(json)).toBe('');
    expect(reader.thoughtChars).toBe(2 * 'hm, so'.length);
    expect(reader.end().text).toBe('');
  },
);

it('counts Responses’ summaries of thoughts', () => {
  const reader = createReader({
    ...vendor('openai'),
    format: 'responses',
    path: '/v1/responses',
    responses: { structured: 'prompt', schemaInPrompt: true, extra: {} },
  });
  expect(reader.take({ type: 'response.reasoning_summary_text.delta', delta: 'hm, so' })).toBe('');
  expect(reader.thoughtChars).toBe(6);
  expect(reader.take({ type: 'response.output_text.delta', delta: 'Hi' })).toBe('Hi');
  expect(reader.thoughtChars).toBe(6);
});

it('counts no answer for a thought', () => {
  const reader = createReader(vendor('mistral'));
  expect(reader.take(delta({ content: [{ type: 'text', text: 'Hi' }] }))).toBe('Hi');
  expect(reader.take(delta({ content: 'you' }))).toBe('you');
  expect(reader.thoughtChars).toBe(0);
});
