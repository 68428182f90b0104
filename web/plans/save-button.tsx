import { type ReactElement, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { Save } from './use-save.ts';

/** "Save plan", then where it is. */
export function SaveButton({ save }: { readonly save: Save }): ReactElement | null {
  const { savedAs, isChange, possible, step, press } = save;
  const busy = step.kind === 'saving';
  const link = useRef<HTMLAnchorElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    // The button that had the focus is gone: the link to the plan stands in its place.
    if (savedAs && pressed.current && document.activeElement === document.body) link.current?.focus();
    if (savedAs) pressed.current = false;
  }, [savedAs]);

  if (savedAs) {
    return (
      <span className="small" role="status">
        Saved ·{' '}
        <Link ref={link} href={`/me/plans/${savedAs.id}`}>
          Open plan
        </Link>
      </span>
    );
  }
  if (!possible) return null;
  return (
    <button
      type="button"
      className="plain strong"
      aria-disabled={busy}
      onClick={() => {
        pressed.current = true;
        press();
      }}
    >
      {labelOf(busy, isChange)}
    </button>
  );
}

function labelOf(busy: boolean, isChange: boolean): string {
  if (busy) return 'Saving…';
  return isChange ? 'Save changes' : 'Save plan';
}
