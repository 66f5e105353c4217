// How loud somebody is, as bars that move with the voice.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { watchLevel } from './audio-level.ts';

interface LevelMeterProps {
  /** Whose voice it is. */
  name: string;
  side: 'caller' | 'agent';
  /** Nothing to measure yet: the bars rest. */
  stream: MediaStream | undefined;
}

/** For the eye only: whoever doesn't see it hears it. */
export function LevelMeter({ name, side, stream }: LevelMeterProps): JSX.Element {
  const bars = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const show = (level: number): void => bars.current?.style.setProperty('--level', level.toFixed(3));
    if (!stream) return show(0);
    return watchLevel(stream, show);
  }, [stream]);
  return (
    <span class={`meter meter-${side}`} aria-hidden="true">
      <bdi class="meter-name">{name}</bdi>
      <span class="meter-bars" ref={bars}>
        <span />
        <span />
        <span />
        <span />
        <span />
        <span />
        <span />
      </span>
    </span>
  );
}
