import type { MessageContent } from './mailer.ts';

/** Stands in `text` and `html` for the address at which the recipient can unsubscribe. */
export const UNSUBSCRIBE_PLACEHOLDER = '{{unsubscribeUrl}}';

/** Whether a text or HTML asks for the link. */
export const asksForLink = (content: string | undefined): boolean =>
  content?.includes(UNSUBSCRIBE_PLACEHOLDER) === true;

/**
 * The headers with which mail programs offer to unsubscribe at one click.
 *
 * @see RFC 8058 section 3.1
 */
export const unsubscribeHeaders = (link: string): MessageContent['headers'] => [
  { name: 'List-Unsubscribe', value: `<${link}>` },
  { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
];

/**
 * A message with the link in place of its placeholder, wherever text and HTML have it.
 *
 * @example withLink({ subject: 'Hi', text: 'Enough? {{unsubscribeUrl}}', attachments: [], headers: [] }, link).text // 'Enough? https://…'
 */
export const withLink = (message: MessageContent, link: string): MessageContent => {
  const { text, html } = message;
  const escaped = link.replaceAll('&', '&amp;');
  return {
    ...message,
    ...(text === undefined ? {} : { text: text.replaceAll(UNSUBSCRIBE_PLACEHOLDER, () => link) }),
    ...(html === undefined ? {} : { html: html.replaceAll(UNSUBSCRIBE_PLACEHOLDER, () => escaped) }),
  };
};
