/** More than anyone opens to watch runs. Each feed asks the database again and again for as long as it is open. */
export const MAX_FEEDS_PER_ACCOUNT = 20;

/** Counts the open event feeds of each account in this process. */
export class FeedPlaces {
  private readonly open = new Map<string, number>();

  /** Returns a function that gives the place back and may be called twice; undefined when there is no place left. */
  take(userId: string): (() => void) | undefined {
    const count = this.open.get(userId) ?? 0;
    if (count >= MAX_FEEDS_PER_ACCOUNT) return undefined;
    this.open.set(userId, count + 1);
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      const left = (this.open.get(userId) ?? 1) - 1;
      if (left > 0) this.open.set(userId, left);
      else this.open.delete(userId);
    };
  }
}
