import { useEffect } from 'react';

/** Esc anywhere in the page, unless something nearer used it up; in a field it belongs to the field, and a run costs money. */
export function useCancelShortcut(busy: boolean, cancel: () => void): void {
  useEffect(() => {
    if (!busy) return;
    const onKey = (event: KeyboardEvent): void => {
      const inField = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (event.key === 'Escape' && !event.defaultPrevented && !inField) cancel();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [busy, cancel]);
}
