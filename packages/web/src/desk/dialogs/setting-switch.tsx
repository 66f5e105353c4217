// A switch with words beside it.
import type { JSX } from 'preact';

interface SettingSwitchProps {
  label: string;
  detail: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

/** The whole line switches. */
export function SettingSwitch({ label, detail, isOn, isDisabled, onChange }: SettingSwitchProps): JSX.Element {
  return (
    <label class="setting">
      <span class="setting-text">
        <strong>{label}</strong>
        <span>{detail}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        class="setting-box"
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
