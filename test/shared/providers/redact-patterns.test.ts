import { describe, expect, it } from 'vitest';
import { REDACTED, redactText } from '../../../shared/providers/redact-patterns.ts';

const run = (length: number, alphabet = 'aB3') =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);

describe('redactText', () => {
  it.each([
    ['Anthropic', `sk-ant-api03-${run(93)}AA`],
    ['Anthropic admin', `sk-ant-admin01-${run(80)}`],
    ['Anthropic OAuth', `sk-ant-oat01-${run(80)}`],
    ['OpenAI project', `sk-proj-${run(60)}T3BlbkFJ${run(60)}`],
    ['OpenAI service account', `sk-svcacct-${run(60, 'a-_9')}`],
    ['OpenAI legacy', `sk-${run(20)}T3BlbkFJ${run(20)}`],
    ['OpenRouter', `sk-or-v1-${run(64, '0f')}`],
    ['DeepSeek', `sk-${run(32, '0f')}`],
    ['Groq', `gsk_${run(52)}`],
    ['Google standard', `AIza${run(35, 'a-_9')}`],
    ['Google auth', `AQ.${run(40, 'a-_9')}`],
    ['Bedrock long-term', `ABSK${run(120, 'aB+/')}=`],
    ['Bedrock short-term', `bedrock-api-key-${run(200)}`],
    ['AWS access key', `AKIA${run(16, 'A2Z')}`],
    ['Azure', `${run(40)}JQQJ99BKACOG${run(6)}`],
    ['xAI', `xai-${run(80)}`],
    ['Perplexity', `pplx-${run(48)}`],
    ['NVIDIA', `nvapi-${run(64, 'a-_9')}`],
    ['Hugging Face', `hf_${run(34)}`],
    ['GitHub', `ghp_${run(36)}`],
    ['GitHub fine-grained', `github_pat_${run(82, 'a_9')}`],
    ['Stripe', `sk_live_${run(24)}`],
    ['JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN'],
    ['Cohere’s, beside its header', `authorization: Bearer ${run(40)}`],
    ['Azure’s old one, beside its header', `"api-key":"${run(32, '0f')}"`],
  ])('takes out a key of %s, alone and in a sentence', (_, key) => {
    expect(redactText(key)).not.toContain(key.slice(-12));
    const sentence = redactText(
      `Incorrect API key provided: ${key}. You can find yours at https://example.com.`,
    );
    expect(sentence).not.toContain(key.slice(-12));
    expect(sentence).toContain(REDACTED);
    expect(sentence).toMatch(/^Incorrect API key provided: .* You can find yours/);
  });

  it.each([
    'a sk-ating rink',
    'the task-force',
    'risk-management-and-mitigation-plans',
    'ask_me_anything_about_this_long_name',
    'sk-learn',
    'Bearer of news',
    'authorization: required',
    'gsk_short',
    'AQ. is no sentence',
    'eyJ',
  ])('leaves %j readable', (text) => {
    expect(redactText(text)).toBe(text);
  });

  // A quadratic pattern takes minutes here, a linear one milliseconds: the limit is the test runner's own.
  it.each([
    'sk-',
    'sk-ant-',
    'sk-proj-',
    'eyJ',
    '-eyJa',
    '.eyJaaaaaaaaaaaa.bbbb ',
    'eyJaaaaaaaaaaaaa.',
    'AIza',
    'A1',
    'ABSK',
    'bearer ',
    'authorization: ',
    'Bearer sk-',
    'ACOG',
  ])('is linear on four megabytes of %j', (unit) => {
    const text = unit.repeat(Math.ceil((1 << 22) / unit.length));
    expect(redactText(text).length).toBeLessThanOrEqual(text.length + REDACTED.length * (text.length / 8));
  });

  it('takes out every key of many', () => {
    const key = `gsk_${run(52)}`;
    expect(redactText(`${key} and ${key}`)).toBe(`${REDACTED} and ${REDACTED}`);
  });
});
