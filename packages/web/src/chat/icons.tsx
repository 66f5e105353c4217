// The icons of the pages, drawn on a 24 px grid in the colour of the text around them. They decorate: the
// words beside them, or the label of their button, say what they mean.
import type { JSX } from 'preact';

const paths = {
  send: 'M5 12h13M12.5 5.5 19 12l-6.5 6.5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  alert: 'M12 8v5m0 3.2v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  info: 'M12 11v5m0-8.2v-.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  sun: 'M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  close: 'm6 6 12 12M18 6 6 18',
  phone: 'M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16 16 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4Z',
  outside: 'M9 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-3M13 5h6v6M19 5l-8 8',
  down: 'M12 5v14m-6-6 6 6 6-6',
  code: 'm9 8-4 4 4 4m6-8 4 4-4 4',
  person: 'M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM4.5 20c1-4 4-5.5 7.5-5.5S18.5 16 19.5 20',
  picture: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5v.01',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  globe: 'M3.5 12h17M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  microphone: 'M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v3',
  mutedMicrophone:
    'M15 10V7a3 3 0 0 0-5.8-1M9 9v2a3 3 0 0 0 4.5 2.6M6 11a6 6 0 0 0 9.5 4.9M17.6 13A6 6 0 0 0 18 11M12 17v3M4 4l16 16',
  keys: 'M6 6v.01M12 6v.01M18 6v.01M6 12v.01M12 12v.01M18 12v.01M6 18v.01M12 18v.01M18 18v.01',
  hangUp: 'M3.5 13.5c4.7-4.7 12.3-4.7 17 0l-1.8 2.7-3.4-1.3v-2.3c-2.1-.7-4.5-.7-6.6 0v2.3l-3.4 1.3-1.8-2.7Z',
  sound: 'M4 9.5h3.5L12 6v12l-4.5-3.5H4zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11',
  silence: 'M4 9.5h3.5L12 6v12l-4.5-3.5H4zM16 9.5l5 5m0-5-5 5',
  back: 'm14.5 6-6 6 6 6',
  transfer: 'M4 8h14m-4-4 4 4-4 4M20 16H6m4-4-4 4 4 4',
  note: 'M5 4h14v10l-6 6H5zM13 20v-6h6M9 9h6M9 12.5h2',
  quick: 'M13 3 5.5 13.5H11L10 21l8-11h-5.5z',
  help: 'M9.3 9.3a2.8 2.8 0 1 1 4 2.5c-.9.4-1.3 1-1.3 2v.2m0 3v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  listen: 'M4 13v-1a8 8 0 0 1 16 0v1M4 13h3v6H5.5A1.5 1.5 0 0 1 4 17.5zM20 13h-3v6h1.5a1.5 1.5 0 0 0 1.5-1.5z',
  people:
    'M12 8.5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM2.5 19c.8-3.3 3.2-4.7 6-4.7s5.2 1.4 6 4.7M15 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2 .7 3.4 2 4 4.2',
  agent: 'M6 9h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1ZM12 9V5m0-.5v-.1M9.5 13.5v.6m5-.6v.6',
  plus: 'M12 5v14M5 12h14',
  settings: 'M4 7h9m4 0h3M4 17h3m4 0h9M17 7a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM11 17a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
  suggestion: 'M7 6h10a4 4 0 0 1 4 4v3a4 4 0 0 1-4 4h-5l-4 3.5V17H7a4 4 0 0 1-4-4v-3a4 4 0 0 1 4-4ZM9 11.5h6M12 8.5v6',
  reply: 'M9 6 4 11l5 5M4 11h10a6 6 0 0 1 6 6v1',
  end: 'M15 5h3a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-3M10 8l-4 4 4 4M6 12h9',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof paths;

/** One icon, hidden from screen readers. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
