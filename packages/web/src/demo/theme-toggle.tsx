// A button between dark and light.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';
import { chooseTheme, currentTheme } from './theme.ts';

/** Says where it leads. */
export function ThemeToggle(): JSX.Element {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const label = `Switch to ${other} colours`;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={() => {
        chooseTheme(other);
        setTheme(other);
      }}
    >
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </button>
  );
}
