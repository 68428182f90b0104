import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../../../shared/compose/ask.ts';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import { buildRequest } from '../../../../shared/providers/formats/build-request.ts';
import { onTerms, weaker } from '../../../../shared/providers/negotiate.ts';
import { FULL_TERMS } from '../../../../shared/providers/terms.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';

/** A beginning of some 1,500 tokens: above most vendors' least, below those of 2,048 and 4,096. */
const SHARED = 'What all drafts are written from. '.repeat(150);
const CALL: ModelCall = {
  id: 'draft-i1-1',
  phase: 'drafting',
  system: 'You write. '.repeat(50),
  user: `${SHARED}Write the first.`,
  sharedChars: SHARED.length,
  maxOutputTokens: 900,
};

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}
const body = (id: string, model: string, call: ModelCall = CALL) =>
  JSON.parse(buildRequest(vendor(id), model, call).body);

const BREAKPOINT = { prompt_cache_breakpoint: { mode: 'explicit' } };

describe('what prompts share', () => {
  it('is marked for Anthropic, alone and behind OpenRouter', () => {
    const marked = [
      { type: 'text', text: SHARED, cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'Write the first.' },
    ];
    expect(body('anthropic', 'claude-sonnet-5').messages).toEqual([{ role: 'user', content: marked }]);
    expect(body('openrouter', 'anthropic/claude-sonnet-5').messages[1].content).toEqual(marked);
  });

  it('ends with a cache point for Claude on Converse, and not for other models there', () => {
    expect(body('bedrock-converse', 'global.anthropic.claude-sonnet-5-v1:0').messages[0].content).toEqual([
      { text: SHARED },
      { cachePoint: { type: 'default' } },
      { text: 'Write the first.' },
    ]);
    expect(body('bedrock-converse', 'openai.gpt-oss-120b-1:0').messages[0].content).toEqual([
      { text: CALL.user },
    ]);
  });

  it.each(['gpt-5.6-sol', 'gpt-6-sol', 'gpt-5.10', 'gpt-10-luna'])(
    'is the only thing that OpenAI keeps of a prompt to %s',
    (model) => {
      const { messages, prompt_cache_options: options } = body('openai', model);
      expect(options).toEqual({ mode: 'explicit' });
      expect(messages[1].content).toEqual([
        { type: 'text', text: SHARED, ...BREAKPOINT },
        { type: 'text', text: 'Write the first.' },
      ]);
      const { sharedChars: _none, ...alone } = CALL;
      const plain = body('openai', model, alone);
      expect([plain.prompt_cache_options, plain.messages[1].content]).toEqual([
        { mode: 'explicit' },
        CALL.user,
      ]);
    },
  );

  it('is marked in Responses too', () => {
    const { input, prompt_cache_options: options } = body('openai', 'gpt-5.6-pro');
    expect(options).toEqual({ mode: 'explicit' });
    expect(input[0].content).toEqual([
      { type: 'input_text', text: SHARED, ...BREAKPOINT },
      { type: 'input_text', text: 'Write the first.' },
    ]);
  });

  it.each([
    ['openai', 'gpt-5.4'],
    ['openai', 'gpt-4.1'],
    ['openai', 'o3'],
    ['deepseek', 'deepseek-v4-pro'],
    ['groq', 'openai/gpt-oss-120b'],
    ['mistral', 'mistral-large-2512'],
    ['cohere', 'command-a-03-2025'],
    ['azure', 'gpt-6-sol'],
  ])('is not marked where nobody asks for it: %s %s', (id, model) => {
    const { messages, prompt_cache_options: options } = body(id, model);
    expect([options, messages.at(-1).content]).toEqual([undefined, CALL.user]);
  });

  it('is not marked when it is shorter than the model keeps', () => {
    const content = (model: string, call = CALL) => body('anthropic', model, call).messages[0].content;
    expect(content('claude-haiku-4-5')).toBe(CALL.user);
    expect(content('claude-opus-4-7')).toBe(CALL.user);
    expect(content('claude-opus-5-5')).toHaveLength(2);
    expect(content('claude-sonnet-5', { ...CALL, sharedChars: 1000 })).toBe(CALL.user);
  });

  it('is sent unmarked after a refusal of the mark', () => {
    const said = 'messages.0.content.0.text.cache_control: Extra inputs are not permitted';
    const refused = { code: 'provider_failed', reason: 'bad_request', message: '', said } as const;
    const terms = weaker(vendor('anthropic'), CALL, FULL_TERMS, refused);
    expect(terms).toEqual({ omit: ['prompt_cache'] });
    const [plain, call] = onTerms(vendor('anthropic'), CALL, terms ?? FULL_TERMS);
    expect(JSON.parse(buildRequest(plain, 'claude-sonnet-5', call).body).messages[0].content).toBe(CALL.user);
    expect(weaker(vendor('anthropic'), CALL, terms ?? FULL_TERMS, refused)).toBeUndefined();
  });
});
