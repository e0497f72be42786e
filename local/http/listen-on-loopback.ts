import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalError } from '../local-error.ts';

const LOOPBACK = '127.0.0.1';

/**
 * Opens `server` on 127.0.0.1 and nowhere else.
 *
 * @param port - 0 takes a free one
 * @returns its address, and a stop that also ends connections which are kept alive
 * @throws LocalError `PORT_TAKEN` or `PORT_REFUSED`
 */
export async function listenOnLoopback(
  server: Server,
  port: number,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new LocalError(
      'PORT_TAKEN',
      `port ${port} on ${LOOPBACK} is taken`,
      'stop what listens there, choose another with --port N, or let --port 0 find a free one',
      { cause: error },
    );
  }
  if (error.code === 'EACCES') {
    return new LocalError(
      'PORT_REFUSED',
      `port ${port} on ${LOOPBACK} may not be opened by this user`,
      'choose a port from 1024 to 65535 with --port N, or let --port 0 find a free one',
      { cause: error },
    );
  }
  return error;
}
