import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does with one request, which it has received whole. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

const answer =
  (status: number, body: string, type = 'text/xml'): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };

/** The replies of SES that matter, in its Query protocol, and what a network does to them. */
export const replies = {
  accepted: (id: string, action = 'SendRawEmail'): Reply =>
    answer(
      200,
      `<${action}Response xmlns="${NAMESPACE}"><${action}Result><MessageId>${id}</MessageId></${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
    ),
  refused: (code: string, message: string, status = 400): Reply =>
    answer(
      status,
      `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    ),
  empty: (status: number): Reply => answer(status, ''),
  html: (status: number): Reply => answer(status, '<html><body>Bad gateway</body></html>', 'text/html'),
  cut: ((_response, request) => {
    request.socket.destroy();
  }) satisfies Reply,
  cutWithin: ((response, request) => {
    response.writeHead(200, { 'content-length': '500' });
    response.write('<SendRawEmailResponse>', () => request.socket.destroy());
  }) satisfies Reply,
  never: (() => undefined) satisfies Reply,
};

/** One request as the server saw it. */
export interface SeenRequest {
  readonly form: URLSearchParams;
  readonly connection: string | undefined;
}

/** A server on the loopback interface that replies as it is told. */
export interface FakeSes {
  readonly endpoint: string;
  readonly seen: SeenRequest[];
  /** Replies in turn; the last one repeats. */
  reply(...with_: readonly Reply[]): void;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export const startFakeSes = async (): Promise<FakeSes> => {
  const seen: SeenRequest[] = [];
  let script: readonly Reply[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ form: new URLSearchParams(body), connection: request.headers.connection });
      (script[seen.length - 1] ?? script[script.length - 1] ?? replies.empty(500))(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    reply: (...with_) => {
      script = with_;
      seen.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
