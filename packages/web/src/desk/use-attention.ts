// Whether somebody looks at the page: it is in sight and has the keyboard.
import { useEffect, useState } from 'preact/hooks';

/** True while the page is visible and focused. */
export function useAttention(): boolean {
  const [attends, setAttends] = useState(isAttended);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const update = (): void => setAttends(isAttended());
    addEventListener('focus', update, { signal });
    addEventListener('blur', update, { signal });
    document.addEventListener('visibilitychange', update, { signal });
    return () => listening.abort();
  }, []);
  return attends;
}

function isAttended(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
