/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark';

const STORAGE_NAME = 'oneturn.theme';

/** The choice that this browser remembers; `system` when there is none or its storage is off. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(STORAGE_NAME);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

/** Every colour of the page is a `light-dark()`, which goes by this one property. */
export function applyTheme(theme = readTheme()): void {
  document.documentElement.style.colorScheme = theme === 'system' ? '' : theme;
}

/** Applies a theme at once and remembers it for later visits. */
export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(STORAGE_NAME, theme);
  } catch {
    // Storage is off: it holds for as long as the page.
  }
}
