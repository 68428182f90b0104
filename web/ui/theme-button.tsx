import { type ReactElement, useState } from 'react';
import { chooseTheme, readTheme, type Theme } from './theme.ts';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

/** Goes from the system's colours to light, to dark and back; the sign is half filled, empty or full. */
export function ThemeButton(): ReactElement {
  const [theme, setTheme] = useState(readTheme);
  const press = (): void => {
    chooseTheme(NEXT[theme]);
    setTheme(NEXT[theme]);
  };
  return (
    <button
      type="button"
      className="theme"
      data-theme={theme}
      title={`Colours: ${theme}`}
      aria-label={`Colours: ${theme}`}
      onClick={press}
    />
  );
}
