// A button between dark and light.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';
import { chooseTheme, chosenTheme } from './theme.ts';
import { useMediaQuery } from './use-media-query.ts';

/** Says where it leads. */
export function ThemeToggle(): JSX.Element {
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState(chosenTheme);
  const theme = chosen ?? (isSystemDark ? 'dark' : 'light');
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
        setChosen(other);
      }}
    >
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </button>
  );
}
