/** Events of a chat completion, as OpenAI streams them. */
export const part = (content: string, more: object = {}) => ({
  id: 'chatcmpl-1',
  model: 'gpt-6-sol',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
  ...more,
});

export const finish = (reason: string) => ({
  id: 'chatcmpl-1',
  model: 'gpt-6-sol',
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
});

export const usage = (counts: object) => ({
  id: 'chatcmpl-1',
  model: 'gpt-6-sol',
  choices: [],
  usage: counts,
});

export const DONE = 'data: [DONE]\n\n';

export const HELLO = [part('Hel'), part('lo'), finish('stop')] as const;
