/**
 * The text of one draft while it streams, outside of React: a view gets each frame's new text and appends it to the DOM, so
 * that nothing is rendered again for a token. `write` never tells; the run store does, once a frame.
 */
export interface TextFeed {
  write(delta: string, revision: number): void;
  text(): string;
  /** A view first gets all text so far, then what each frame brings. `restart`: what it shows until then is obsolete. */
  subscribe(view: (piece: string, restart: boolean) => void): () => void;
  flush(): void;
}

export function createTextFeed(): TextFeed {
  const views = new Set<(piece: string, restart: boolean) => void>();
  let chunks: string[] = [];
  let unseen: string[] = [];
  let revision = 0;
  let restarted = false;

  function text(): string {
    // Joined once: the next call finds one chunk.
    if (chunks.length > 1) chunks = [chunks.join('')];
    return chunks[0] ?? '';
  }

  function flush(): void {
    if (unseen.length === 0) return;
    const piece = unseen.join('');
    const restart = restarted;
    unseen = [];
    restarted = false;
    for (const view of views) view(piece, restart);
  }

  return {
    text,
    flush,
    write(delta, next) {
      if (next !== revision) {
        revision = next;
        chunks = [];
        unseen = [];
        restarted = true;
      }
      chunks.push(delta);
      unseen.push(delta);
    },
    subscribe(view) {
      flush();
      views.add(view);
      view(text(), true);
      return () => views.delete(view);
    },
  };
}
