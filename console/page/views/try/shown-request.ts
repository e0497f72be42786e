import type { RawText } from '../../../api.ts';
import { type Draft, requestOf } from './draft.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The draft with words in the place of what its files hold: that is much, and nobody reads it. */
const withoutContents = (draft: Draft): Draft => ({
  ...draft,
  files: draft.files.map((file) => ({ ...file, content: `(base64 of ${file.bytes} bytes)` })),
});

/**
 * A request as another program would make it.
 *
 * @param invoke - address of the send function
 */
export const shownRequest = (draft: Draft, form: 'json' | 'curl', invoke: string): RawText => {
  const json = JSON.stringify(requestOf(withoutContents(draft)), null, 2);
  return form === 'json'
    ? { title: 'Request', kind: 'json', text: json, cut: 0 }
    : { title: 'Request with curl', kind: 'text', text: `curl -s ${quoted(invoke)} -d ${quoted(json)}`, cut: 0 };
};
