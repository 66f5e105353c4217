// The desk at work: lists, the conversation, and who it is with. Connects the parts.
import type { DeskClient, DeskSnapshot } from '@parley/client';
import type { DeskOverview } from '@parley/protocol';
import type { JSX } from 'preact';
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { AgentAudio } from '../call/agent-audio.tsx';
import { useMediaQuery } from '../demo/use-media-query.ts';
import { ChatPane } from './conversation/chat-pane.tsx';
import { createHands } from './desk-hands.ts';
import { DeskHeader } from './desk-header.tsx';
import { DetailsPane } from './details-pane.tsx';
import { DeskDialogs } from './dialogs/desk-dialogs.tsx';
import { LinkBanner } from './link-banner.tsx';
import { ListsPane } from './lists/lists-pane.tsx';
import { myChatItems } from './model/chat-items.ts';
import { shownBy, stepPage } from './model/page-state.ts';
import type { PageState } from './model/page-state.ts';
import { titleText } from './model/title-text.ts';
import { TellingsView } from './tellings-view.tsx';
import { useDeskKeys } from './use-desk-keys.ts';
import { useFollowedChat, useOwnTranscripts } from './use-followed-chat.ts';
import { useLine } from './use-line.ts';
import { useLinkNews } from './use-link-news.ts';
import { useNews } from './use-news.ts';
import { useSettings } from './use-settings.ts';
import { useTellings } from './use-tellings.ts';

interface DeskProps {
  client: DeskClient;
  snapshot: DeskSnapshot;
  overview: DeskOverview;
  /** The page to begin with. */
  firstPage: PageState;
  /** Told of the page whenever it changes. */
  onPage: (page: PageState) => void;
  onSignOut: () => Promise<void>;
}

/** The desk of whoever is signed in. */
export function Desk({ client, snapshot, overview, firstPage, onPage, onSignOut }: DeskProps): JSX.Element {
  const [page, dispatch] = useReducer(stepPage, firstPage);
  const [settings, changeSettings] = useSettings();
  const { tellings, tell } = useTellings();
  const isWide = useMediaQuery('(min-width: 48rem)');
  const { focusChat } = useChatFocus();

  const former = useRef(snapshot);
  useEffect(() => {
    dispatch({ do: 'desk-changed', before: former.current, after: snapshot });
    former.current = snapshot;
  }, [snapshot]);

  useEffect(() => onPage(page), [page]);

  const shown = shownBy(page, snapshot);
  const items = myChatItems({ snapshot, over: page.over });
  const latestItems = useRef(items);
  latestItems.current = items;
  const hands = useMemo(
    () => createHands({ client, dispatch, tell, focusChat, items: () => latestItems.current }),
    [client, tell, focusChat],
  );

  useOwnTranscripts(client, overview);
  const line = useLine(hands, tell);
  useFollowedChat(client, { shown, me: overview.me, isInSight: isWide || page.pane === 'chat' });
  useNews(client, { settings, selected: page.selected, tell, hands });
  useLinkNews(snapshot.link, tell);
  useDeskKeys({ page, shown, items, settings, hands, dispatch, changeSettings, tell });
  useEffect(() => {
    document.title = titleText(overview);
  }, [overview]);

  return (
    <>
      <a class="skip-link" href="#desk-chat">
        Skip to the conversation
      </a>
      <DeskHeader
        link={snapshot.link}
        overview={overview}
        settings={settings}
        hands={hands}
        onSettings={changeSettings}
        onOpen={(dialog) => dispatch({ do: 'open', dialog })}
      />
      <LinkBanner client={client} link={snapshot.link} wasOpen />
      <div class="desk" data-pane={page.pane}>
        <ListsPane
          overview={overview}
          snapshot={snapshot}
          page={page}
          items={items}
          hands={hands}
          dispatch={dispatch}
        />
        <ChatPane
          key={page.selected}
          client={client}
          overview={overview}
          page={page}
          shown={shown}
          hands={hands}
          line={line}
          dispatch={dispatch}
        />
        <DetailsPane overview={overview} page={page} shown={shown} hands={hands} dispatch={dispatch} />
      </div>
      <DeskDialogs
        overview={overview}
        page={page}
        shown={shown}
        settings={settings}
        hands={hands}
        dispatch={dispatch}
        onSettings={changeSettings}
        onSignOut={onSignOut}
      />
      {line.taken?.snapshot.remote && <AgentAudio stream={line.taken.snapshot.remote} name="the visitor" />}
      <TellingsView tellings={tellings} />
    </>
  );
}

/** A way to bring the keyboard to what is looked at, once it is drawn. */
function useChatFocus(): { focusChat: () => void } {
  const [wish, setWish] = useState(0);
  useEffect(() => {
    if (wish === 0) return;
    // On touch screens a focused field would bring up the keyboard over half of the conversation.
    const field = matchMedia('(pointer: coarse)').matches ? null : document.getElementById('desk-composer');
    (field ?? document.getElementById('desk-chat'))?.focus();
  }, [wish]);
  return useMemo(() => ({ focusChat: () => setWish((count) => count + 1) }), []);
}
