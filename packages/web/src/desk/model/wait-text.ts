// How long somebody has been waiting, for the eye and for the ear.

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** `0:42`, `12:05`, `1:02:05`. */
export function waitText(waitMs: number): string {
  const seconds = Math.max(0, Math.floor(waitMs / SECOND_MS));
  const padded = (number: number): string => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = padded(seconds % 60);
  return hours > 0 ? `${hours}:${padded(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `less than a minute`, `3 minutes`: doesn't change every second. */
export function waitWords(waitMs: number): string {
  const minutes = Math.floor(waitMs / MINUTE_MS);
  if (minutes < 1) return 'less than a minute';
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** How the wait looks: nothing to worry about, soon too long, too long. */
export function waitTone(waitMs: number): 'calm' | 'warm' | 'hot' {
  if (waitMs < MINUTE_MS) return 'calm';
  return waitMs < 3 * MINUTE_MS ? 'warm' : 'hot';
}
