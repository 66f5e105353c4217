// Alt+M mutes, as long as there is a call.
import { useEffect, useRef } from 'preact/hooks';

/** By its place on the keyboard: with Alt, many layouts write something else there. */
export function useMuteKey(toggle: () => void): void {
  const latest = useRef(toggle);
  latest.current = toggle;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyM' || event.repeat) return;
      event.preventDefault();
      latest.current();
    };
    // Before the keys of the page, which leave alone what was taken.
    addEventListener('keydown', onKeyDown, true);
    return () => removeEventListener('keydown', onKeyDown, true);
  }, []);
}
