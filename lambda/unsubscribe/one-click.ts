import type { Request } from './http.ts';

const NAME = 'List-Unsubscribe';
const VALUE = 'One-Click';

const saysSoAsForm = (body: string): boolean => {
  const fields = [...new URLSearchParams(body.trim())];
  return fields.length === 1 && fields[0]?.[0] === NAME && fields[0][1] === VALUE;
};

/** One part of a multipart body: its headers, an empty line, its content. */
const saysSoAsPart = (part: string): boolean => {
  const end = part.indexOf('\r\n\r\n');
  return (
    end >= 0 &&
    /^content-disposition:[^\r\n]*;[ \t]*name="?List-Unsubscribe"?[ \t]*(?:;|\r|$)/im.test(part.slice(0, end)) &&
    part.slice(end).trim() === VALUE
  );
};

const boundaryOf = (contentType: string): string | undefined =>
  /^multipart\/form-data\b.*;[ \t]*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i
    .exec(contentType)
    ?.slice(1)
    .find(Boolean);

/**
 * Whether a POST is an unsubscribe: its body is `List-Unsubscribe=One-Click`, as a form of either kind, and nothing else.
 *
 * @see RFC 8058 sections 3.1 and 3.2
 */
export const isOneClick = ({ contentType, body }: Pick<Request, 'contentType' | 'body'>): boolean => {
  if (body === undefined) return false;
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return saysSoAsForm(body);
  const [, ...parts] = `\r\n${body.replace(/\r?\n/g, '\r\n')}`.split(`\r\n--${boundary}`);
  const last = parts.pop();
  return last?.startsWith('--') === true && parts.length === 1 && saysSoAsPart(parts[0] ?? '');
};
