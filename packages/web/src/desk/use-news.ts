// Tells of what happens: read out, by a sound, and by a notification where the page isn't looked at.
import type { DeskClient } from '@parley/client';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { DeskHands } from './desk-hands.ts';
import { newsOf, spokenNews } from './model/news.ts';
import type { News } from './model/news.ts';
import type { DeskSettings } from './model/settings.ts';
import { createSounds } from './sounds.ts';
import type { Tell } from './use-tellings.ts';

interface NewsOptions {
  settings: DeskSettings;
  /** The conversation that is looked at. */
  selected: string | null;
  tell: Tell;
  hands: Pick<DeskHands, 'isTaking' | 'select'>;
}

/** Listens for as long as the view stands. */
export function useNews(client: DeskClient, options: NewsOptions): void {
  const sounds = useMemo(createSounds, []);
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    let before = client.snapshot().overview;
    return client.onEvent((event) => {
      const news = newsOf(event, before);
      before = client.snapshot().overview;
      if (!news) return;
      const isAway = before?.me.availability === 'away';
      if (news.kind === 'waiting' && isAway) return;
      const { settings, selected, tell, hands } = latest.current;
      const isOwn = news.kind === 'given' && hands.isTaking();
      const mustBeSeen = (news.kind === 'given' && !isOwn) || (news.kind === 'over' && news.sessionId !== selected);
      tell(spokenNews(news), mustBeSeen ? 'plain' : 'quiet');
      const isLookedAt = !document.hidden && news.sessionId === selected;
      if (settings.sound && !isLookedAt && !isOwn) sounds.play(news.kind);
      if (settings.notifications && document.hidden) notify(news, () => hands.select(news.sessionId));
    });
  }, [client, sounds]);
}

/** The same conversation's next notification replaces this one. */
function notify({ title, detail, sessionId }: News, onClick: () => void): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { body: detail, tag: sessionId, icon: '/favicon.svg' });
  notification.addEventListener('click', () => {
    focus();
    onClick();
    notification.close();
  });
}
