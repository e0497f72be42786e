import { request } from 'node:https';

/** An answer, read to its end. */
export interface HttpsAnswer {
  readonly status: number;
  readonly body: string;
}

/** What is asked, and of whom. */
export interface HttpsQuestion {
  /** Address of the server, without a path. */
  readonly url: string;
  /** The certificate that is trusted. */
  readonly ca: string;
  readonly path: string;
  /** @default GET */
  readonly method?: string;
  /** `host` may name another server than the one that is reached. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const PATIENCE_MS = 30_000;

/** Asks a server on this machine, whose certificate nobody else trusts. */
export const httpsRequest = ({
  url,
  ca,
  path,
  method = 'GET',
  headers = {},
  body,
}: HttpsQuestion): Promise<HttpsAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const options = { hostname, port, path, method, headers, ca, servername: '', timeout: PATIENCE_MS };
    const asked = request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
    });
    asked.on('error', reject);
    asked.on('timeout', () => asked.destroy(new Error(`${url}${path} does not answer`)));
    asked.end(body);
  });
