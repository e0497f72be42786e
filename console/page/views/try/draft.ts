import type { DeskView } from '../../../api.ts';

/** A file that goes with the mail. */
export interface DraftFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: number;
  /** Base64. */
  readonly content: string;
}

/** A mail as it stands in the form. */
export interface Draft {
  readonly from: string;
  /** One recipient a line. */
  readonly to: string;
  /** In the simulator's addresses of this mail. */
  readonly label: string;
  readonly stream: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly files: readonly DraftFile[];
  readonly unsubscribe: boolean;
  readonly onSuppressed: 'drop' | 'reject';
  readonly idempotencyKey: string;
}

/** A label that nobody has used, most likely. */
export const newLabel = (): string => crypto.randomUUID().slice(0, 4);

/**
 * An address of the simulator with a label, which makes it another one.
 *
 * @example labelled('bounce@simulator.amazonses.com', 'a1') // 'bounce+a1@simulator.amazonses.com'
 */
export const labelled = (address: string, label: string): string => {
  const word = label.trim();
  return word === '' ? address : address.replace('@', `+${word}@`);
};

/** The mail that the form begins with: it bounces. */
export const firstDraft = ({ from, stream, simulator }: DeskView, label: string): Draft => ({
  from,
  to: labelled(simulator[0]?.address ?? '', label),
  label,
  stream,
  subject: 'Your receipt',
  text: 'Thank you. This mail goes to the mailbox simulator.',
  html: '',
  files: [],
  unsubscribe: false,
  onSuppressed: 'drop',
  idempotencyKey: '',
});

/** The recipients, each as it was written. */
export const recipientsOf = ({ to }: Pick<Draft, 'to'>): readonly string[] =>
  to
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The draft with one recipient more, unless it is there. */
export const withRecipient = (draft: Draft, address: string): Draft => {
  const known = recipientsOf(draft);
  return known.includes(address) ? draft : { ...draft, to: [...known, address].join('\n') };
};

/** The draft with another label, also in the simulator's addresses that have the one before. */
export const relabelled = (draft: Draft, label: string, simulator: DeskView['simulator']): Draft => {
  const next = new Map(simulator.map(({ address }) => [labelled(address, draft.label), labelled(address, label)]));
  return {
    ...draft,
    label,
    to: recipientsOf(draft)
      .map((to) => next.get(to) ?? to)
      .join('\n'),
  };
};

/** What the send function is asked. What is empty is left out. */
export const requestOf = (draft: Draft): object => {
  const { from, stream, subject, text, html, files, unsubscribe, onSuppressed, idempotencyKey } = draft;
  return {
    from,
    to: recipientsOf(draft),
    subject,
    ...(text !== '' || html === '' ? { text } : {}),
    ...(html === '' ? {} : { html }),
    ...(files.length === 0
      ? {}
      : { attachments: files.map(({ filename, contentType, content }) => ({ filename, contentType, content })) }),
    ...(stream.trim() === '' ? {} : { stream: stream.trim() }),
    ...(unsubscribe ? { unsubscribe } : {}),
    ...(onSuppressed === 'drop' ? {} : { onSuppressed }),
    ...(idempotencyKey === '' ? {} : { idempotencyKey }),
  };
};

/** Bytes of a request as JSON. */
export const bytesOf = (request: object): number => new Blob([JSON.stringify(request)]).size;

/** A number of bytes in words. */
export const sizeWords = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(1)} kB` : `${(kilo / 1024).toFixed(1)} MB`;
};
