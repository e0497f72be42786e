import { isFields } from '../../core/feedback/open-envelope.ts';

/** What a send request says of the mail, as far as it can be read. */
export interface RequestParts {
  /** As given. */
  readonly recipients: readonly string[];
  readonly subject: string | null;
  readonly stream: string | null;
}

const SHOWN_CHARS = 60;

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads a request that may be anything; never throws. */
export const requestParts = (request: unknown): RequestParts => {
  const { to, cc, bcc, subject, stream } = isFields(request) ? request : ({} as Record<string, unknown>);
  return { recipients: [to, cc, bcc].flatMap(texts), subject: textOf(subject), stream: textOf(stream) };
};

const shortened = (base64: unknown): unknown =>
  typeof base64 === 'string' && base64.length > SHOWN_CHARS
    ? `${base64.slice(0, SHOWN_CHARS)}… (${base64.length} characters)`
    : base64;

/** A request as people read it: of attachments and raw messages only the beginning. */
export const shortenedRequest = (request: unknown): unknown => {
  if (!isFields(request)) return request;
  const { attachments, raw } = request;
  return {
    ...request,
    ...(raw !== undefined && { raw: shortened(raw) }),
    ...(Array.isArray(attachments) && {
      attachments: attachments.map((each) => (isFields(each) ? { ...each, content: shortened(each.content) } : each)),
    }),
  };
};
