import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import type { SigningKeys } from '../../../core/unsubscribe/signing-keys.ts';
import { signToken } from '../../../core/unsubscribe/token.ts';
import { makeHandler } from '../../../lambda/unsubscribe/handler.ts';
import { KEYS, NOW, PAT } from '../../core/unsubscribe/samples.ts';
import { RecordedCounts, RecordedLog } from '../recorders.ts';

export const TOKEN = signToken(PAT, KEYS.current);
export const ONE_CLICK = 'List-Unsubscribe=One-Click';
const FORM = 'application/x-www-form-urlencoded';

interface Sent {
  readonly token?: string;
  readonly body?: string | undefined;
  readonly contentType?: string;
  readonly base64?: boolean;
}

/** An event of payload format 2.0, as a Lambda function URL makes it. */
export const request = (method: string, { token = TOKEN, body, contentType = FORM, base64 = false }: Sent = {}) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: '/',
  rawQueryString: token === '' ? '' : `t=${token}`,
  headers: {
    host: 'abcdefg.lambda-url.eu-west-1.on.aws',
    ...(body === undefined ? {} : { 'content-type': contentType }),
  },
  requestContext: { http: { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' } },
  ...(body === undefined ? {} : { body: base64 ? Buffer.from(body).toString('base64') : body }),
  isBase64Encoded: base64,
});

/** The unsubscribe function over memory, with all it touches in view. */
export const stage = ({
  keys = async () => KEYS,
  ledger = new MemoryLedger(),
}: {
  readonly keys?: () => Promise<SigningKeys>;
  readonly ledger?: MemoryLedger;
} = {}) => {
  const counts = new RecordedCounts();
  const log = new RecordedLog();
  const clock = { now: NOW };
  const handler = makeHandler({
    ledger,
    keys: { forSigning: keys, forVerifying: keys },
    policy: DEFAULT_POLICY,
    now: () => clock.now,
    log,
    counts,
    fingerprint: fingerprint('a key of the tests'),
  });
  return { handler, ledger, counts, log, clock };
};
