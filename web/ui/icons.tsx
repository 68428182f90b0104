import type { ReactElement } from 'react';

/** The product's mark and the sign of the key: brass, like everything that speaks of the key. */
export function KeyIcon({ size = 20 }: { readonly size?: number }): ReactElement {
  return (
    <svg
      className="key-icon"
      width={size}
      height={size}
      viewBox="0 0 22 22"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="7.5" cy="11" r="4.6" />
      <path d="M12.1 11h8.1M17 11v3.6" />
    </svg>
  );
}

/** A sign that something opens downwards. Hidden from screen readers. */
export function ChevronIcon(): ReactElement {
  return (
    <svg className="chevron" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      <path d="M3.5 5.5 7 9l3.5-3.5" />
    </svg>
  );
}

/** A sign for closing or removing. Hidden from screen readers, so that its button needs a name. */
export function CrossIcon(): ReactElement {
  return (
    <svg className="chevron" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      <path d="M3 3l8 8M11 3l-8 8" />
    </svg>
  );
}
