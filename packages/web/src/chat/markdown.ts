// Texts of agents, which come from outside: Markdown and a little HTML, turned into HTML that is safe to show.
import DOMPurify from 'dompurify';
import { Marked } from 'marked';

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    // No picture loads because of a text: it would tell its server who reads.
    image({ href, text }) {
      const label = escaped(text || href);
      return `<a href="${escaped(href)}">${label}</a>`;
    },
  },
});

/** Elements that only format. */
const FORMATTING =
  'a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i li ol p pre strong table tbody td th thead tr ul';

const POLICY = {
  ALLOWED_TAGS: FORMATTING.split(' '),
  ALLOWED_ATTR: ['href', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:)/i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
};

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

/** Safe HTML: formatting, lists, code, tables, and links that open elsewhere. */
export function safeHtml(markdown: string): string {
  return DOMPurify.sanitize(marked.parse(markdown) as string, POLICY);
}

/** The words alone, for reading out. */
export function plainText(markdown: string): string {
  const html = marked.parse(markdown) as string;
  const text = DOMPurify.sanitize(html, { ...POLICY, RETURN_DOM_FRAGMENT: true }).textContent ?? '';
  return text.replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
