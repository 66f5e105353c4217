// A call on the page: where it stands, how it sounds, and what can be done. The conversation below is its transcript.
import type { Call, CallSnapshot } from '@parley/client';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';
import { useNow } from '../chat/use-now.ts';
import { AgentAudio } from './agent-audio.tsx';
import { CallControls } from './call-controls.tsx';
import { callText, durationText } from './call-text.ts';
import { LevelMeter } from './level-meter.tsx';
import { QualityBadge } from './quality-badge.tsx';
import type { Calls } from './use-calls.ts';

interface CallPanelProps {
  calls: Calls;
  /** Whom the call is with. */
  name: string;
}

/** Nothing without a call. Takes the focus over from the button that started it. */
export function CallPanel({ calls, name }: CallPanelProps): JSX.Element | null {
  const { call, snapshot } = calls;
  const panel = useRef<HTMLElement>(null);
  const isThere = call !== undefined && snapshot !== undefined;
  // What had the focus is gone when a call begins or ends; the panel stays.
  useEffect(() => {
    if (isThere && document.activeElement === document.body) panel.current?.focus();
  }, [isThere, calls.isUnderWay]);
  if (!isThere) return null;
  const { title, detail } = callText(snapshot, name);
  const { state, quality, remote } = snapshot;
  return (
    <section class={`call-panel call-${state.at}`} aria-label="Call" tabIndex={-1} ref={panel}>
      <div class="call-head">
        <span class="call-sign" aria-hidden="true">
          <Icon name={state.at === 'failed' ? 'alert' : 'phone'} />
        </span>
        <div class="call-text">
          <div role="status">
            <p class="call-title">{title}</p>
            {detail !== undefined && <p class="call-detail">{detail}</p>}
          </div>
          <div class="call-facts">
            <CallClock snapshot={snapshot} />
            {quality && <QualityBadge quality={quality} />}
          </div>
        </div>
      </div>
      {calls.isUnderWay ? (
        <UnderWay call={call} snapshot={snapshot} name={name} />
      ) : (
        <div class="call-over">
          <button type="button" class="main-button call-again" onClick={calls.start}>
            <Icon name="phone" />
            {state.at === 'failed' ? 'Try again' : 'Call again'}
          </button>
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={calls.dismiss}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {remote && <AgentAudio stream={remote} name={name} />}
    </section>
  );
}

function UnderWay({ call, snapshot, name }: { call: Call; snapshot: CallSnapshot; name: string }): JSX.Element {
  const isLive = snapshot.state.at === 'live';
  return (
    <div class="call-body">
      {isLive && (
        <div class="meters">
          <LevelMeter name="You" side="caller" stream={snapshot.isMuted ? undefined : snapshot.microphone} />
          <LevelMeter name={name} side="agent" stream={snapshot.remote} />
        </div>
      )}
      <CallControls call={call} snapshot={snapshot} />
    </div>
  );
}

/** How long the call has lasted; nothing before it is live. */
function CallClock({ snapshot: { state } }: { snapshot: CallSnapshot }): JSX.Element | null {
  const isTicking = state.at === 'live' || state.at === 'reconnecting';
  const nowMs = useNow(isTicking);
  if (isTicking) return <Clock ms={nowMs - state.sinceMs} />;
  return 'lastedMs' in state && state.lastedMs > 0 ? <Clock ms={state.lastedMs} /> : null;
}

function Clock({ ms }: { ms: number }): JSX.Element {
  return (
    <span class="call-clock" role="timer" aria-label="Length of the call">
      {durationText(ms)}
    </span>
  );
}
