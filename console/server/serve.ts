import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { CliError } from '../../cli/cli-error.ts';
import { withSecurityHeaders } from './security-headers.ts';

const LOOPBACK = '127.0.0.1';

/** Something that answers on a port of this computer. */
export interface Serving {
  readonly port: number;
  /** Ends it, and at once every connection, whatever is still said on it. */
  stop(): Promise<void>;
}

const listenFault = (error: NodeJS.ErrnoException, port: number): Error => {
  const at = `port ${port} on ${LOOPBACK}`;
  if (error.code === 'EADDRINUSE')
    return new CliError(
      'PORT_TAKEN',
      `${at} is taken`,
      'Choose another with --port N; 0 takes a free one.',
      undefined,
      {
        cause: error,
      },
    );
  if (error.code === 'EACCES')
    return new CliError(
      'PORT_REFUSED',
      `${at} may not be opened by this user`,
      'Choose one from 1024 to 65535 with --port N; 0 takes a free one.',
      undefined,
      { cause: error },
    );
  return error;
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenFault(error, port)));
    server.listen(port, LOOPBACK, resolve);
  });

const plain = (status: number, text: string): Response => {
  const answer = new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain' } });
  withSecurityHeaders(answer.headers);
  return answer;
};

/** What is no request, such as one whose host cannot be, or a fault that not even the app has told. */
const outsideTheApp = (fault: unknown): Response =>
  fault instanceof RequestError ? plain(400, 'This is no request.') : plain(500, 'Something went wrong.');

/**
 * Answers requests on 127.0.0.1 and nowhere else.
 *
 * @param port - 0 takes a free one
 * @param make - is told the port, and makes what answers
 * @throws CliError `PORT_TAKEN`, `PORT_REFUSED`
 */
export const serve = async (
  port: number,
  make: (port: number) => { readonly fetch: (request: Request) => Response | Promise<Response> },
): Promise<Serving> => {
  let app: ReturnType<typeof make> | undefined;
  const answer = (request: Request) => app?.fetch(request) ?? plain(503, 'It is about to start.');
  const server = createServer(getRequestListener(answer, { errorHandler: outsideTheApp }));
  await listen(server, port);
  const taken = (server.address() as AddressInfo).port;
  app = make(taken);
  return {
    port: taken,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
