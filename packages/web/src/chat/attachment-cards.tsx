// Cards of a message: links and pictures, side by side when there are several.
import type { Attachment } from '@parley/protocol';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { webAddress } from './safe-address.ts';

/** All cards; several are a list to leaf through sideways. */
export function AttachmentCards({ attachments }: { attachments: readonly Attachment[] }): JSX.Element | null {
  if (attachments.length === 0) return null;
  return (
    <ul class="cards" aria-label={attachments.length === 1 ? 'Attachment' : `${attachments.length} attachments`}>
      {attachments.map((attachment) => (
        <li key={attachment.contentUrl}>
          <Card attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function Card({ attachment }: { attachment: Attachment }): JSX.Element {
  const { title, contentType, callToActionText } = attachment;
  const isPicture = contentType === 'ATTACHMENT_CONTENT_TYPE_IMAGE';
  const href = webAddress(attachment.contentUrl);
  const previewUrl = webAddress(attachment.previewImageUrl) ?? (isPicture ? href : undefined);
  const action = callToActionText ?? (isPicture ? 'Open the picture' : 'Open');
  return (
    <a
      class={previewUrl === undefined ? 'card card-plain' : 'card'}
      {...(href !== undefined && { href })}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`${title}: ${action}`}
    >
      <Preview url={previewUrl} icon={isPicture ? 'picture' : 'link'} />
      <span class="card-text">
        <span class="card-title" dir="auto">
          {title}
        </span>
        <span class="card-action">
          <span dir="auto">{action}</span>
          <Icon name="outside" />
        </span>
      </span>
    </a>
  );
}

// A picture that can't be loaded leaves an icon behind rather than a broken frame.
function Preview({ url, icon }: { url: string | undefined; icon: IconName }): JSX.Element {
  const [brokenUrl, setBrokenUrl] = useState<string>();
  const isShown = url !== undefined && url !== brokenUrl;
  return (
    <span class="card-preview">
      {isShown ? (
        <img src={url} alt="" loading="lazy" referrerpolicy="no-referrer" onError={() => setBrokenUrl(url)} />
      ) : (
        <Icon name={icon} />
      )}
    </span>
  );
}
