import { connect } from 'node:net';
import { Violation } from '../target.ts';

/** What came back on a connection. */
export interface WireAnswer {
  /** 0: nothing came, and the connection was closed. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const NOTHING: WireAnswer = { status: 0, headers: {}, body: '' };

const read = (text: string): WireAnswer => {
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1] ?? 0);
  const headers = Object.fromEntries(
    lines.map((each) => [each.slice(0, each.indexOf(':')).toLowerCase(), each.slice(each.indexOf(':') + 1).trim()]),
  );
  const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
  return { status, headers, body: text.slice(end + 4, end + 4 + length) };
};

const isWhole = (text: string): boolean => {
  const { status, headers, body } = read(text);
  return status > 0 && body.length >= Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
};

/**
 * Writes bytes to a loopback port in pieces and reads what comes back.
 *
 * @param waitMs - how long an answer may take
 * @param late - what an answer that does not come is: a fault, or nothing
 * @throws Violation
 */
export const exchange = (
  port: number,
  pieces: readonly Buffer[],
  waitMs: number,
  late: 'hang' | 'nothing',
): Promise<WireAnswer> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    const done = (answer: WireAnswer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => {
      if (late === 'nothing') return done(NOTHING);
      socket.destroy();
      reject(new Violation('hang', `no answer after ${waitMs / 1000} seconds`));
    }, waitMs);
    socket.setEncoding('latin1');
    socket.on('data', (more: string) => {
      text += more;
      if (isWhole(text)) done(read(text));
    });
    socket.on('error', () => done(text === '' ? NOTHING : read(text)));
    socket.on('close', () => done(text === '' ? NOTHING : read(text)));
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece);
    });
  });
