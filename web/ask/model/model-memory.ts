import * as z from 'zod/mini';

/** Models that were chosen lately and those that are to stay at hand, by provider: ids alone, in this browser. Never a key. */
const memory = z.object({
  recent: z.record(z.string(), z.array(z.string())),
  favourites: z.record(z.string(), z.array(z.string())),
});
type Memory = z.infer<typeof memory>;

export interface ModelsAtHand {
  readonly recent: readonly string[];
  readonly favourites: readonly string[];
}

const STORAGE_NAME = 'oneturn.models';
const MAX_RECENT = 4;
const MAX_FAVOURITES = 20;

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export function modelsAtHand(storage: Store, provider: string): ModelsAtHand {
  const { recent, favourites } = read(storage);
  return { recent: recent[provider] ?? [], favourites: favourites[provider] ?? [] };
}

export function rememberModel(storage: Store, provider: string, model: string): void {
  const before = read(storage);
  const others = (before.recent[provider] ?? []).filter((id) => id !== model);
  write(storage, {
    ...before,
    recent: { ...before.recent, [provider]: [model, ...others].slice(0, MAX_RECENT) },
  });
}

export function setFavourite(storage: Store, provider: string, model: string, isFavourite: boolean): void {
  const before = read(storage);
  const others = (before.favourites[provider] ?? []).filter((id) => id !== model);
  const next = isFavourite ? [...others, model].slice(-MAX_FAVOURITES) : others;
  write(storage, { ...before, favourites: { ...before.favourites, [provider]: next } });
}

function read(storage: Store): Memory {
  try {
    return z.parse(memory, JSON.parse(storage.getItem(STORAGE_NAME) ?? ''));
  } catch {
    return { recent: {}, favourites: {} };
  }
}

function write(storage: Store, next: Memory): void {
  try {
    storage.setItem(STORAGE_NAME, JSON.stringify(next));
  } catch {
    // Storage is off: the list is as the server sends it.
  }
}
