import { redactText } from '../../../shared/providers/redact-patterns.ts';

const ID = /^[\w.:/@-]{1,128}$/;

export const KEY_IN_MODEL = 'That looks like a key, and was not kept. A key belongs into its own field.';

/** Whether this can be a model's id. What looks like a key cannot: a chosen id is kept in this browser, and it goes out readable. */
export function isModelId(text: string): boolean {
  return ID.test(text) && !holdsKey(text);
}

/** Whether a text has something in it that looks like a provider's key. */
export function holdsKey(text: string): boolean {
  return redactText(text) !== text;
}
