// The calls of a page: one at a time, each part of the conversation that is on the page.
import { createCall, isUnderWay } from '@parley/client';
import type { Call, CallSnapshot, ParleyClient } from '@parley/client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { watchCall } from './watch-call.ts';

/** The call there is, and how to make one. */
export interface Calls {
  /** The call under way, or the last one until it is dismissed. */
  call: Call | undefined;
  snapshot: CallSnapshot | undefined;
  isUnderWay: boolean;
  start: () => void;
  /** Forgets a call that is over. */
  dismiss: () => void;
}

/** Where to call, and as whom; calls can't be made without a token. */
export interface CallEndpoint {
  baseUrl: string;
  webCallingToken: string | undefined;
}

/** The calls of a page; undefined when it can make none. Leaving the page hangs up. */
export function useCalls(client: ParleyClient, { baseUrl, webCallingToken }: CallEndpoint): Calls | undefined {
  const [call, setCall] = useState<Call>();
  const [snapshot, setSnapshot] = useState<CallSnapshot>();
  useEffect(() => {
    setSnapshot(call?.snapshot());
    if (!call) return;
    const stop = watchCall(call, setSnapshot);
    return () => {
      stop();
      call.hangUp();
    };
  }, [call]);

  return useMemo(() => {
    if (webCallingToken === undefined) return undefined;
    return {
      call,
      snapshot,
      isUnderWay: snapshot !== undefined && isUnderWay(snapshot.state),
      start() {
        const next = newCall(client, baseUrl, webCallingToken);
        next.start();
        setCall(next);
        setSnapshot(next.snapshot());
      },
      dismiss: () => setCall(undefined),
    };
  }, [client, baseUrl, webCallingToken, call, snapshot]);
}

function newCall(client: ParleyClient, baseUrl: string, token: string): Call {
  return createCall({
    baseUrl,
    token,
    // A conversation that is over takes in no call: a new one begins, but not before the call can be made.
    callSid() {
      if (client.snapshot().status === 'ended') client.startOver();
      return client.linkCall();
    },
  });
}
