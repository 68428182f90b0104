import { type ReactElement, useLayoutEffect, useRef } from 'react';
import { showHidden } from '../../markdown/hidden-characters.ts';
import type { TextFeed } from '../state/text-feed.ts';
import styles from './draft-tile.module.css';

/** More than this is never on the screen while it streams; the whole text comes with the draft. */
const MAX_SHOWN_CHARS = 60_000;
/** A text node is laid out as a whole: past this length the next piece begins a new block. */
const BLOCK_CHARS = 2000;

/** A draft as it is written. React renders the box once; each frame's text is appended to the DOM. */
export function StreamText({ feed, name }: { readonly feed: TextFeed; readonly name: string }): ReactElement {
  const box = useRef<HTMLElement>(null);
  const text = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => followEnd(box.current, text.current), []);
  useLayoutEffect(() => {
    const element = text.current;
    if (!element) return;
    let shown = 0;
    let block: Text | undefined;
    return feed.subscribe((piece, restart) => {
      if (restart) {
        element.replaceChildren();
        block = undefined;
        shown = 0;
      }
      for (const part of blocksOf(showHidden(piece))) {
        if (!block || (block.length > BLOCK_CHARS && block.data.endsWith('\n'))) {
          block = new Text();
          element.append(element.ownerDocument.createElement('div'));
          element.lastElementChild?.append(block);
        }
        block.appendData(part);
        shown += part.length;
      }
      while (shown > MAX_SHOWN_CHARS && element.childElementCount > 1) {
        shown -= element.firstElementChild?.textContent.length ?? 0;
        element.firstElementChild?.remove();
      }
    });
  }, [feed]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={styles['stream']} ref={box} tabIndex={0} aria-label={`${name}, being written`}>
      <div ref={text} />
    </section>
  );
}

/**
 * Keeps a reader who is at the end of a box there while its text grows. Sizes are read only where the browser has just laid the page out:
 * asked for while several drafts are written to, they cost as many layouts a frame.
 */
function followEnd(box: HTMLElement | null, text: HTMLElement | null): (() => void) | undefined {
  if (!box || !text) return undefined;
  let isAtEnd = true;
  const look = (): void => {
    isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
  };
  const growth = new ResizeObserver(() => {
    if (isAtEnd) box.scrollTop = box.scrollHeight;
  });
  growth.observe(text);
  box.addEventListener('scroll', look, { passive: true });
  return () => {
    growth.disconnect();
    box.removeEventListener('scroll', look);
  };
}

/** Cut after line breaks, and hard where a line never ends. */
function blocksOf(text: string): readonly string[] {
  return text.match(/[^\n]{0,2000}\n?/g)?.filter((part) => part !== '') ?? [];
}
