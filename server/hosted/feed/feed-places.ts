/** More than anyone opens to watch runs. Each feed asks the database again and again for as long as it is open. */
export const MAX_FEEDS_PER_ACCOUNT = 20;

/** Counts the open event feeds of each account. */
export interface FeedPlaces {
  /** Resolves with a function that gives the place back and may be called twice; with undefined when there is no place left. */
  take(userId: string): Promise<(() => void) | undefined>;
}

/** Kept in the memory of this process, and gone with it. */
export function createFeedPlaces(): FeedPlaces {
  const open = new Map<string, number>();
  return {
    async take(userId) {
      const count = open.get(userId) ?? 0;
      if (count >= MAX_FEEDS_PER_ACCOUNT) return undefined;
      open.set(userId, count + 1);
      let taken = true;
      return () => {
        if (!taken) return;
        taken = false;
        const left = (open.get(userId) ?? 1) - 1;
        if (left > 0) open.set(userId, left);
        else open.delete(userId);
      };
    },
  };
}
