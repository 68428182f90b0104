import { isUnavailable } from './storage-error.ts';

const TRIES = 60;
const WAIT_MS = 500;

/** Tries again, for half a minute, what must be written and may be written twice. Other errors are thrown at once. */
export async function whileAway<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES || !isUnavailable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}
