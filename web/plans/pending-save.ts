import * as z from 'zod/mini';
import { randomId } from '../http/random-id.ts';

/**
 * A save that was asked for and is not confirmed: it waits for a sign-in (GitHub's leaves the page) or for the database. In this
 * tab's storage, beside the run that it is about. By `saveId` the server takes a repeated save for the same one.
 */
const pendingSave = z.object({ run: z.string(), saveId: z.string() });
export type PendingSave = z.infer<typeof pendingSave>;

const STORAGE_NAME = 'oneturn.save';
type Tab = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function readPendingSave(storage: Tab, run: string): PendingSave | undefined {
  try {
    const parsed = z.safeParse(pendingSave, JSON.parse(storage.getItem(STORAGE_NAME) ?? ''));
    return parsed.success && parsed.data.run === run ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The save that waits for this run, or a new one. */
export function beginSave(storage: Tab, run: string): PendingSave {
  const pending = readPendingSave(storage, run) ?? { run, saveId: randomId() };
  try {
    storage.setItem(STORAGE_NAME, JSON.stringify(pending));
  } catch {
    // Storage is off: the save waits as long as the page.
  }
  return pending;
}

export function dropPendingSave(storage: Tab): void {
  try {
    storage.removeItem(STORAGE_NAME);
  } catch {
    // Storage is off: there was nothing.
  }
}
