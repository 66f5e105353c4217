// Being on the line with a visitor: one call of the page at a time, whatever chat is looked at meanwhile.
import { createCall, isUnderWay } from '@parley/client';
import type { Call, CallSnapshot } from '@parley/client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { callText } from '../call/call-text.ts';
import { watchCall } from '../call/watch-call.ts';
import type { DeskHands } from './desk-hands.ts';
import type { Tell } from './use-tellings.ts';

/** A call to a visitor that is being made, or goes on. */
export interface TakenCall {
  /** The chat it belongs to. */
  sessionId: string;
  call: Call;
  snapshot: CallSnapshot;
}

/** The line of the page. */
export interface Line {
  /** Undefined: nobody is talked with. */
  taken: TakenCall | undefined;
  /** Takes the call of a chat. Whoever was talked with before isn't any more. */
  take: (sessionId: string) => Promise<void>;
}

/** The line. Leaving the page leaves it; what goes wrong is told. */
export function useLine(hands: DeskHands, tell: Tell): Line {
  const [made, setMade] = useState<{ sessionId: string; call: Call }>();
  const [snapshot, setSnapshot] = useState<CallSnapshot>();
  useEffect(() => {
    setSnapshot(made?.call.snapshot());
    if (!made) return;
    const stop = watchCall(made.call, (now) => {
      setSnapshot(now);
      if (now.state.at !== 'failed') return;
      const { title, detail } = callText(now, 'the visitor');
      tell(detail === undefined ? title : `${title}. ${detail}`, 'problem');
    });
    return () => {
      stop();
      made.call.hangUp();
    };
  }, [made, tell]);

  return useMemo(
    () => ({
      taken: made && snapshot && isUnderWay(snapshot.state) ? { ...made, snapshot } : undefined,
      async take(sessionId) {
        const token = await hands.callToken(sessionId);
        if (token === undefined) return;
        // The token says whose call it is; a name of its own is for nobody.
        const call = createCall({ baseUrl: location.origin, token, callSid: () => crypto.randomUUID() });
        call.start();
        setMade({ sessionId, call });
        setSnapshot(call.snapshot());
      },
    }),
    [hands, made, snapshot],
  );
}
