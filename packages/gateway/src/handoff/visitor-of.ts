// What a desk may know of a user, read off the session.
import type { SessionHandle } from '../messaging/index.ts';
import type { Visitor } from './ports/handoff-desk.ts';

/** The user of a session. A caller is there as long as the call goes on. */
export function visitorOf({ info, state, context, isConnected }: SessionHandle): Visitor {
  const { call } = state;
  const name = context['name'] ?? state.attributes['name'];
  return {
    name: typeof name === 'string' && name.trim() !== '' ? name.slice(0, 200) : null,
    platform: info.platform,
    deviceType: info.deviceType,
    language: state.language,
    connected: isConnected || call !== null,
    callSid: state.callSid,
    call: call && { sinceMs: call.sinceMs, person: call.person },
  };
}
