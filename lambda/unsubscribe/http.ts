import { isFields } from '../../core/feedback/open-envelope.ts';
import { TOKEN_CHARS } from '../../core/unsubscribe/token.ts';

/** A request as a Lambda function URL hands it over (payload format 2.0), as far as it matters here. */
export interface Request {
  /** Upper case; empty if there is none. */
  readonly method: string;
  /** The parameter `t`. */
  readonly token: string | undefined;
  readonly contentType: string;
  /** The decoded body; empty if there is none, undefined if it is too long to be one of ours. */
  readonly body: string | undefined;
}

/** An answer as a Lambda function URL takes it. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Characters of a body: both forms of the one that counts have less than 300. */
const BODY_CHARS = 8192;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const bodyOf = (body: unknown, isBase64Encoded: unknown): string | undefined => {
  const raw = text(body);
  if (raw.length > BODY_CHARS) return undefined;
  return isBase64Encoded === true ? Buffer.from(raw, 'base64').toString() : raw;
};

/** What mail programs leave around a link: quoted-printable that was not decoded, punctuation, brackets, line breaks. */
const AROUND = /^3D|[\s.,;:!?)>\]"'=]+$/g;
/** A token with all that may be around it: taking that off a longer text would take time that grows with its square. */
const PARAMETER_CHARS = TOKEN_CHARS + 64;

/** The parameter `t`; the signature, not its surroundings, decides what it is good for. */
const tokenIn = (query: string): string | undefined => {
  const given = new URLSearchParams(query).get('t') ?? undefined;
  return given !== undefined && given.length <= PARAMETER_CHARS ? given.replace(AROUND, '') : given;
};

/** The request in an event, whatever the event is. */
export const readRequest = (event: unknown): Request => {
  const { requestContext, rawQueryString, headers, body, isBase64Encoded } = isFields(event) ? event : {};
  const http = isFields(requestContext) ? requestContext.http : undefined;
  return {
    method: text(isFields(http) ? http.method : undefined).toUpperCase(),
    token: tokenIn(text(rawQueryString)),
    contentType: text(isFields(headers) ? headers['content-type'] : undefined),
    body: bodyOf(body, isBase64Encoded),
  };
};
