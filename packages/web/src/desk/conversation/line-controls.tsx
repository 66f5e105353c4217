// What can be done with the call of one's own chat: take it; once on the line, mute, have the caller wait, leave, hang up.
import type { DeskCall } from '@parley/protocol';
import type { JSX } from 'preact';
import { durationText } from '../../call/call-text.ts';
import { LevelMeter } from '../../call/level-meter.tsx';
import { MuteButton } from '../../call/mute-button.tsx';
import { QualityBadge } from '../../call/quality-badge.tsx';
import { Icon } from '../../chat/icons.tsx';
import { useNow } from '../../chat/use-now.ts';
import type { DeskHands } from '../desk-hands.ts';
import type { Line, TakenCall } from '../use-line.ts';

interface LineControlsProps {
  sessionId: string;
  call: DeskCall;
  meId: string;
  /** As the visitor is called. */
  name: string;
  line: Line;
  hands: DeskHands;
}

/** Nothing while somebody else talks with the visitor. */
export function LineControls({ sessionId, call, meId, name, line, hands }: LineControlsProps): JSX.Element | null {
  const { taken } = line;
  if (taken?.sessionId === sessionId) {
    return <OnLine taken={taken} isHeld={call.state === 'held'} name={name} hands={hands} />;
  }
  if (call.person !== null && call.person.id !== meId) return null;
  return (
    <button type="button" class="main-button" onClick={() => void line.take(sessionId)}>
      <Icon name="phone" />
      {call.person === null ? 'Take the call' : 'Take the call here'}
    </button>
  );
}

interface OnLineProps {
  taken: TakenCall;
  isHeld: boolean;
  name: string;
  hands: DeskHands;
}

function OnLine({ taken, isHeld, name, hands }: OnLineProps): JSX.Element {
  const { sessionId, call, snapshot } = taken;
  const { isMuted, microphone, remote, quality, state } = snapshot;
  return (
    <div class="call-line">
      <div class="call-facts">
        <span role="status">{stateText(snapshot)}</span>
        {(state.at === 'live' || state.at === 'reconnecting') && <Clock sinceMs={state.sinceMs} />}
        {quality && <QualityBadge quality={quality} />}
      </div>
      {state.at === 'live' && (
        <div class="meters">
          <LevelMeter name="You" side="caller" stream={isMuted || isHeld ? undefined : microphone} />
          <LevelMeter name={name} side="agent" stream={remote} />
        </div>
      )}
      <div class="call-buttons">
        <MuteButton call={call} isMuted={isMuted} />
        <button
          type="button"
          class="call-button"
          aria-pressed={isHeld}
          onClick={() => void hands.holdCall(sessionId, !isHeld)}
        >
          <Icon name="clock" />
          Hold
        </button>
        <button type="button" class="call-button" title="The chat goes on in writing" onClick={() => call.hangUp()}>
          <Icon name="end" />
          Leave the line
        </button>
        <button
          type="button"
          class="call-button hang-up"
          title="Ends the call of the visitor"
          onClick={() => void hands.hangUpCall(sessionId)}
        >
          <Icon name="hangUp" />
          Hang up
        </button>
      </div>
    </div>
  );
}

function stateText({ state, isMuted, hasMicrophone }: TakenCall['snapshot']): string {
  switch (state.at) {
    case 'asking-microphone':
      return 'Waiting for your microphone';
    case 'connecting':
      return 'Connecting…';
    case 'reconnecting':
      return 'Connection interrupted';
    default:
      if (!hasMicrophone) return 'Your microphone is gone';
      return isMuted ? 'On the line, muted' : 'On the line';
  }
}

function Clock({ sinceMs }: { sinceMs: number }): JSX.Element {
  const nowMs = useNow(true);
  return (
    <span class="call-clock" role="timer" aria-label="Time on the line">
      {durationText(nowMs - sinceMs)}
    </span>
  );
}
