// For supervisors: their own desk, or everything.
import type { JSX } from 'preact';
import type { Scope } from '../model/page-state.ts';

interface ScopeSwitchProps {
  scope: Scope;
  onChoose: (scope: Scope) => void;
}

/** Two buttons of which one is pressed. */
export function ScopeSwitch({ scope, onChoose }: ScopeSwitchProps): JSX.Element {
  return (
    <div class="segments" role="group" aria-label="What is shown">
      <button type="button" class="segment" aria-pressed={scope === 'mine'} onClick={() => onChoose('mine')}>
        My desk
      </button>
      <button type="button" class="segment" aria-pressed={scope === 'all'} onClick={() => onChoose('all')}>
        Everything
      </button>
    </div>
  );
}
