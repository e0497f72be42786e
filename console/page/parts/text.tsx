/** Control characters, halves of characters, and marks that turn text around or hide in it: with them an address could look like another one. */
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const escaped = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A stranger's text with its hidden marks made visible, for places that take a string, such as `title`.
 *
 * @example visible('a\u202eb') // 'a\\u202eb'
 */
export const visible = (text: string): string => text.replace(HIDDEN, escaped);

/**
 * A stranger's text (an address, a subject, a diagnostic): kept apart from the direction of what is around it, its hidden marks
 * shown as escapes, broken where it would be too wide.
 *
 * @example <Text>{entry.address}</Text>
 */
export const Text = ({ children, mono = false }: { readonly children: string; readonly mono?: boolean }) => (
  <bdi class={mono ? 'text mono' : 'text'}>{visible(children)}</bdi>
);
