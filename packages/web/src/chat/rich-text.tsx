// An agent's text, formatted.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { safeHtml } from './markdown.ts';

interface RichTextProps {
  markdown: string;
  /** More is coming. */
  isStreaming: boolean;
  lang?: string | undefined;
}

/** Formats again only when the text has changed. */
export function RichText({ markdown, isStreaming, lang }: RichTextProps): JSX.Element {
  const html = useMemo(() => ({ __html: safeHtml(markdown) }), [markdown]);
  const streaming = isStreaming ? 'rich-text is-streaming' : 'rich-text';
  return <div class={streaming} dir="auto" lang={lang} dangerouslySetInnerHTML={html} />;
}
