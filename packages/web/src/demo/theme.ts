// Dark or light: the reader's choice, else the system's.

export type Theme = 'dark' | 'light';

const KEY = 'parley-theme';

/** Puts the reader's earlier choice in force, if there is one. */
export function restoreTheme(): void {
  const theme = chosenTheme();
  if (theme) document.documentElement.dataset['theme'] = theme;
}

/** Puts a theme in force and remembers it. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds for this page only.
  }
}

/** What the reader chose earlier. */
export function chosenTheme(): Theme | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'dark' || theme === 'light' ? theme : undefined;
  } catch {
    return undefined;
  }
}
