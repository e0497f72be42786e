import { randomUUID } from 'node:crypto';
import { REGION } from '../arn.ts';
import { type Answer, type LoopbackServer, type Received, serveOnLoopback } from '../http/loopback-server.ts';
import type { Outcome } from './outcome.ts';

const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
const DOMAIN_PREFIX = 'local';
/** Bodies of these types are handed over as they are, any other in base64: also a form's. */
const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.+-]+\+(json|xml))\b)/i;

/** What a function may answer in payload format 2.0; anything without a status is the body of an answer 200. */
interface FunctionAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/**
 * Serves a function on an address of its own, as a function URL does: every request becomes an event of payload
 * format 2.0, and the answer an HTTP response.
 *
 * @param invoke - runs the function on an event as JSON text
 */
export const startFunctionUrl = (invoke: (payload: string) => Promise<Outcome>): Promise<LoopbackServer> =>
  serveOnLoopback(
    async (request) => {
      if (request.tooLong) return plain(413, 'Request Entity Too Large');
      const outcome = await invoke(JSON.stringify(eventOf(request)));
      return outcome.ok ? answerOf(JSON.parse(outcome.payload)) : plain(502, 'Internal Server Error');
    },
    { maxBytes: MAX_REQUEST_BYTES },
  );

function eventOf({ method, url, headers: { cookie, ...headers }, body }: Received): object {
  const now = new Date();
  const domainName = `${DOMAIN_PREFIX}.lambda-url.${REGION}.on.aws`;
  const isText = TEXT.test(headers['content-type'] ?? '');
  const query = [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name).join(',')]);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: { ...joined(headers), host: domainName, 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' },
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: DOMAIN_PREFIX,
      domainName,
      domainPrefix: DOMAIN_PREFIX,
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function answerOf(answered: unknown): Answer {
  if (!hasStatus(answered)) {
    const body = typeof answered === 'string' ? answered : JSON.stringify(answered);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = answered;
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: statusCode,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(lowerCase),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

const hasStatus = (answered: unknown): answered is FunctionAnswer =>
  typeof answered === 'object' && answered !== null && Number.isInteger((answered as FunctionAnswer).statusCode);

const joined = (headers: Received['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );

/** @example commonLogTime(new Date(0)) // 01/Jan/1970:00:00:00 +0000 */
function commonLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

const plain = (status: number, body: string): Answer => ({ status, headers: { 'content-type': 'text/plain' }, body });
