// Makes an attachment of an address.
import type { Attachment } from '@parley/protocol';
import { webAddress } from '../../chat/safe-address.ts';

const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)$/i;

/** A picture when the address says so, else a link; nothing when it is no address of the web. */
export function attachmentOf({ address, title }: { address: string; title: string }): Attachment | undefined {
  const contentUrl = webAddress(address);
  if (contentUrl === undefined) return undefined;
  const { hostname, pathname } = new URL(contentUrl);
  const isPicture = PICTURE.test(pathname);
  return {
    title: title.trim() === '' ? hostname : title.trim(),
    contentUrl,
    contentType: isPicture ? 'ATTACHMENT_CONTENT_TYPE_IMAGE' : 'ATTACHMENT_CONTENT_TYPE_URL',
  };
}
