import { useEffect } from 'react';

/** Esc anywhere in the page, unless something nearer used it up. */
export function useCancelShortcut(busy: boolean, cancel: () => void): void {
  useEffect(() => {
    if (!busy) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) cancel();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [busy, cancel]);
}
