/** Chunks of a chat completion. */
export const chunk = (choice: object, top: object = {}): object => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  model: 'm',
  choices: [{ index: 0, ...choice }],
  ...top,
});
export const say = (content: unknown, more: object = {}): object => chunk({ delta: { content }, ...more });
export const stop = (top: object = {}): object => chunk({ delta: {}, finish_reason: 'stop' }, top);
export const counts = (input: number, output: number): object => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});
