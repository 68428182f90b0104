import type { Failure } from '../../shared/contract/failure.ts';
import { CallFailed } from '../http/call.ts';

/** Refused in place, before anything is sent or kept. */
const SECRET_IN_TEXT: Failure = {
  code: 'invalid_field',
  message: 'There seems to be a key in what you wrote. Take it out: nothing was sent, and nothing was kept.',
};

/** Rejects with `CallFailed` where a text has something that looks like a key by itself and was not in what there was before. */
export async function refuseNewSecret(next: unknown, before: unknown): Promise<void> {
  if (await addsSecret(next, before)) throw new CallFailed(SECRET_IN_TEXT);
}

async function addsSecret(next: unknown, before: unknown): Promise<boolean> {
  try {
    const { keysIn } = await import('../../shared/providers/redact-patterns.ts');
    const found = keysIn(JSON.stringify(next));
    if (found.length === 0) return false;
    const known = JSON.stringify(before);
    return found.some((key) => !known.includes(key));
  } catch {
    // The chunk did not come: the server compares the run's own key too.
    return false;
  }
}
