// Copies a text, and says so for a moment.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../chat/icons.tsx';

interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy the token". */
  label: string;
}

const SAID_FOR_MS = 2_000;

/** Browsers allow copying on secure origins only, localhost among them; elsewhere the button isn't there. */
export function CopyButton({ text, label }: CopyButtonProps): JSX.Element | null {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  if (!globalThis.isSecureContext) return null;
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  return (
    <button type="button" class="copy" aria-label={isCopied ? 'Copied' : label} title={label} onClick={copy}>
      <Icon name={isCopied ? 'check' : 'copy'} />
    </button>
  );
}
