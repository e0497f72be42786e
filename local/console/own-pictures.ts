import type { Attachment } from 'postal-mime';

/** Types that are pictures and nothing else: an SVG is a document, which can hold more. */
const PICTURE = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/;
/** Characters of all pictures that are put into one mail, each as often as it is shown. */
const MAX_CHARS = 8 * 1024 * 1024;
const CID = /\bcid:([^\s"'<>()\\]{1,255})/gi;

const bare = (contentId: string): string => contentId.replace(/^<|>$/g, '');

/** As an address writes it, or as it is where that is no good. */
const decoded = (id: string): string => {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
};

const dataUrl = ({ mimeType, content }: Attachment): string => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array<ArrayBuffer>);
  return `data:${mimeType};base64,${bytes.toString('base64')}`;
};

/**
 * HTML of a mail with the pictures that are part of the mail in the places of their `cid:` addresses. Others stay as they are and
 * lead nowhere, and so do those that would make it too long.
 *
 * @example withOwnPictures('<img src="cid:logo">', [{ contentId: '<logo>', mimeType: 'image/png', … }])
 */
export const withOwnPictures = (html: string, attachments: readonly Attachment[]): string => {
  const pictures = new Map<string, Attachment>();
  for (const attachment of attachments)
    if (attachment.contentId !== undefined && PICTURE.test(attachment.mimeType))
      pictures.set(bare(attachment.contentId), attachment);
  if (pictures.size === 0) return html;
  const urls = new Map<Attachment, string>();
  let left = MAX_CHARS;
  return html.replace(CID, (written, id: string) => {
    const picture = pictures.get(decoded(id));
    if (picture === undefined) return written;
    const url = urls.get(picture) ?? dataUrl(picture);
    urls.set(picture, url);
    if (url.length > left) return written;
    left -= url.length;
    return url;
  });
};
