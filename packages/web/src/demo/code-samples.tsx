// Code samples behind tabs, each with a button that copies it.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { CopyButton } from './copy-button.tsx';
import type { Sample } from './samples.ts';

/** Tabs after the ARIA pattern: arrow keys go through them, Tab leaves them. */
export function CodeSamples({ samples }: { samples: readonly Sample[] }): JSX.Element {
  const [chosen, setChosen] = useState(0);
  const tabs = useRef<HTMLDivElement>(null);
  const sample = samples[chosen];

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (chosen + step + samples.length) % samples.length;
    setChosen(next);
    tabs.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  }

  return (
    <div class="samples">
      <div class="tabs" role="tablist" aria-label="Code samples" ref={tabs} onKeyDown={onKeyDown}>
        {samples.map(({ id, title }, index) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            class="tab"
            aria-selected={index === chosen}
            aria-controls="sample"
            tabIndex={index === chosen ? 0 : -1}
            onClick={() => setChosen(index)}
          >
            {title}
          </button>
        ))}
      </div>
      {sample && (
        <div class="sample" dir="ltr" id="sample" role="tabpanel" aria-labelledby={`tab-${sample.id}`}>
          <pre tabIndex={0}>
            <code>{sample.code}</code>
          </pre>
          <CopyButton text={sample.code} label={`Copy the ${sample.title} sample`} />
        </div>
      )}
    </div>
  );
}
