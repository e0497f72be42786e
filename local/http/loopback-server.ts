import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from './listen-on-loopback.ts';

/** A request, read to its end. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body was longer than the server's limit; `body` is then empty. */
  readonly tooLong: boolean;
}

/** What goes back: an answer, or a fault of the connection. */
export type Answer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Buffer;
    }
  /** The connection is cut without an answer. */
  | 'cut'
  /** No answer ever comes. */
  | 'hang';

export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`, no trailing slash. */
  readonly url: string;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}

/** A body this many times the limit is not even read to its end. */
const PATIENCE = 8;

/**
 * Serves `handle` on 127.0.0.1 and nowhere else.
 *
 * @param port - 0 takes a free one
 * @param maxBytes - longest body handed over; a longer one is read, dropped and marked `tooLong`
 * @throws LocalError `PORT_TAKEN` or `PORT_REFUSED`
 */
export async function serveOnLoopback(
  handle: (request: Received) => Answer | Promise<Answer>,
  { port = 0, maxBytes }: { port?: number; maxBytes: number },
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    respond(handle, request, response, maxBytes).catch((error) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  server.requestTimeout = 0;
  return listenOnLoopback(server, port);
}

async function respond(
  handle: (request: Received) => Answer | Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<void> {
  const body = await readBody(request, maxBytes);
  const url = urlOf(request.url ?? '/');
  if (url === null) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end('no such address\n');
    return;
  }
  const answer = await handle({
    method: request.method ?? 'GET',
    url,
    headers: request.headers,
    body: body ?? Buffer.alloc(0),
    tooLong: body === null,
  });
  if (answer === 'hang') return;
  if (answer === 'cut') {
    response.destroy();
    return;
  }
  const bytes = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
  response.end(bytes);
}

/** The address a request is for: a path, or all of it as proxies write it; `null` if it is none. */
function urlOf(target: string): URL | null {
  const whole = target.startsWith('/') ? `http://127.0.0.1${target}` : target;
  return URL.canParse(whole) ? new URL(whole) : null;
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else if (length > maxBytes * PATIENCE) request.destroy();
    else chunks.length = 0;
  }
  return length > maxBytes ? null : Buffer.concat(chunks);
}
