import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ACCOUNT, REGION } from '../../local/arn.ts';
import { type Commands, endGroup, isGone } from './commands.ts';
import { type HttpsAnswer, httpsRequest } from './https-request.ts';
import { type Listener, listenersOf } from './listening.ts';

export interface MinistackOptions {
  /** The command. */
  readonly file: string;
  /** A folder that is there, for all it writes. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Address of the SES that the functions call. */
  readonly ses: string;
  /** The Node that runs functions. */
  readonly node: string;
  /** Told of each line it writes. */
  readonly onLine: (line: string) => void;
}

const PATIENCE_MS = 60_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A certificate for this machine that nobody trusts who is not told to; it is its own authority. */
const makeCertificate = async (commands: Commands, folder: string): Promise<{ key: string; certificate: string }> => {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  await commands.run('openssl-req', 'openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2'],
    ...['-subj', '/CN=ses-suppressor-acceptance', '-addext', 'subjectAltName=IP:127.0.0.1'],
  ]);
  return { key, certificate };
};

/**
 * A ministack on loopback that asks for more than it does by default: TLS only, and the permissions of every role
 * (`AUTH`), so that a statement that is missing in the stack fails here too.
 */
export class Ministack {
  readonly url: string;
  /** File of the certificate it serves. */
  readonly certificate: string;
  /** The certificate itself. */
  readonly ca: string;
  readonly #child: ChildProcess;

  private constructor(url: string, certificate: string, ca: string, child: ChildProcess) {
    this.url = url;
    this.certificate = certificate;
    this.ca = ca;
    this.#child = child;
  }

  /** @throws if it does not answer within a minute; nothing is left running then */
  static async start(commands: Commands, options: MinistackOptions): Promise<Ministack> {
    const { folder, file, ses } = options;
    const bin = join(folder, 'bin');
    const tmp = join(folder, 'tmp');
    await Promise.all([bin, tmp].map((each) => mkdir(each)));
    await symlink(options.node, join(bin, 'node'));
    // functions are unpacked there; without this, the checkout's own package.json would make modules of them
    await writeFile(join(tmp, 'package.json'), '{}\n');
    const { key, certificate } = await makeCertificate(commands, folder);
    const port = await freePort();
    const child = spawn(file, [], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...options.env,
        PATH: `${bin}${delimiter}${options.env.PATH ?? ''}`,
        TMPDIR: tmp,
        STATE_DIR: join(folder, 'state'),
        S3_DATA_DIR: join(folder, 's3'),
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        // no containers: functions are processes of this machine
        LAMBDA_EXECUTOR: 'local',
        DOCKER_HOST: `unix://${join(folder, 'no-docker')}`,
        AUTH: 'true',
        USE_SSL: '1',
        MINISTACK_SSL_CERT: certificate,
        MINISTACK_SSL_KEY: key,
        MINISTACK_ACCOUNT_ID: ACCOUNT,
        MINISTACK_REGION: REGION,
        AWS_ACCESS_KEY_ID: ACCOUNT,
        AWS_SECRET_ACCESS_KEY: 'acceptance',
        // functions inherit these two, and no function of the stack sets them
        AWS_ENDPOINT_URL_SES: ses,
        AWS_ENDPOINT_URL_SESV2: ses,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
    });
    const log = createWriteStream(join(folder, 'ministack.log'));
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        options.onLine(line);
      });
    const ca = await readFile(certificate, 'utf8');
    const ministack = new Ministack(`https://127.0.0.1:${port}`, certificate, ca, child);
    try {
      await ministack.#untilReady();
      return ministack;
    } catch (error) {
      await ministack.stop();
      throw error;
    }
  }

  /** A request to it or to a function's address it serves. */
  request(options: {
    readonly path: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }): Promise<HttpsAnswer> {
    return httpsRequest({ ...options, url: this.url, ca: this.ca });
  }

  /** On what it and the functions it runs listen; null where the system does not show it. */
  listeners(): Promise<readonly Listener[] | null> {
    return listenersOf(this.#child.pid ?? 0);
  }

  /** Whether nothing of it runs any more. */
  get ended(): boolean {
    return isGone(this.#child);
  }

  /** Ends it and every function it runs. */
  stop(): Promise<void> {
    return endGroup(this.#child);
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.request({ path: '/_ministack/health' }).catch(() => null);
      if (answer?.status === 200) return;
      if (this.#child.exitCode !== null) throw new Error(`ministack ended with ${this.#child.exitCode} at its start`);
      if (Date.now() > deadline) throw new Error('ministack does not answer after a minute');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
