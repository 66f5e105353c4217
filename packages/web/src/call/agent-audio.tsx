// Plays what the agent says.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';

/** Plays by itself where the browser lets it; else a button asks the user for the click that the browser wants. */
export function AgentAudio({ stream, name }: { stream: MediaStream; name: string }): JSX.Element {
  const audio = useRef<HTMLAudioElement>(null);
  const [isBlocked, setIsBlocked] = useState(false);

  function play(): void {
    audio.current?.play().then(
      () => setIsBlocked(false),
      (error: unknown) => setIsBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  }

  useEffect(() => {
    if (!audio.current) return;
    audio.current.srcObject = stream;
    play();
  }, [stream]);

  return (
    <>
      <audio ref={audio} />
      {isBlocked && (
        <button type="button" class="main-button" onClick={play}>
          <Icon name="sound" />
          Let {name} be heard
        </button>
      )}
    </>
  );
}
