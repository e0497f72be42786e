import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY, Metric } from '../../../core/contract/index.ts';
import { METRIC_RULES } from '../../../core/contract/metric-rules.ts';
import type { SigningKeys } from '../../../core/unsubscribe/signing-keys.ts';
import { signToken } from '../../../core/unsubscribe/token.ts';
import { makeHandler } from '../../../lambda/unsubscribe/handler.ts';
import { isObject, type Json } from '../json.ts';
import { checkSize } from '../oracles.ts';
import { ready } from '../recipe.ts';
import { promise, type Target, Violation } from '../target.ts';
import { ClosedCounts } from '../worlds/closed-counts.ts';
import { checkItems } from '../worlds/items.ts';
import { LinesLog } from '../worlds/lines-log.ts';
import { keyOf, NOW } from '../worlds/send-world.ts';

const KEYS: SigningKeys = {
  current: { id: 'first', key: 'k'.repeat(43) },
  retired: [
    { id: 'old', key: 'o'.repeat(43), until: NOW + 1000 },
    { id: 'gone', key: 'g'.repeat(43), until: NOW - 1000 },
  ],
};
const KEY_BY_ID = { first: KEYS.current, old: KEYS.retired[0], gone: KEYS.retired[1] };
/** Of the links that were sent: only these may be believed. */
const SIGNED = [
  ['pat@target.example', 'newsletter'],
  ['"a<b>\'c"@target.example', 'receipts'],
  ['pat+tag@xn--bcher-kva.example', 'x'.repeat(256)],
] as const;
const tokenOf = ([address, stream]: (typeof SIGNED)[number], id: keyof typeof KEY_BY_ID): string =>
  signToken({ address: keyOf(address), stream }, KEY_BY_ID[id] ?? KEYS.current);
const GOOD = SIGNED.flatMap((each) => [tokenOf(each, 'first'), tokenOf(each, 'old')]);

const FORM = 'application/x-www-form-urlencoded';
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const MULTIPART = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';

const request = (
  method: string,
  token: Json,
  body: Json = ONE_CLICK,
  contentType = FORM,
  isBase64Encoded = false,
): Json => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: '/',
  rawQueryString: { $join: ['t=', token] },
  headers: { host: 'abc.lambda-url.eu-west-1.on.aws', 'content-type': contentType },
  requestContext: { http: { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' } },
  body,
  isBase64Encoded,
});

const taken = (token: string): Json => ({
  $join: token.split('.').flatMap((part, i) => (i === 0 ? [part] : ['.', part])),
});

/** @throws Violation unless the page is whole and shows text as text */
const checkPage = (body: string): void => {
  const content = body.replace(/<style>.*?<\/style>/s, '');
  const tags = content.match(/<[^>]*>/g) ?? [];
  const own =
    /^<(?:!doctype html|\/?(?:html|head|meta|title|body|main|h1|p|strong|form|input|button)(?: [a-z-]+="[^"<>]*"| [a-z]+=[a-z]+)*)>$/i;
  for (const tag of tags) if (!own.test(tag)) throw new Violation('injection', `the page has the tag ${tag}`);
};

/** The unsubscribe function behind its URL: only links that were signed do anything. */
export const unsubscribe = (): Target => {
  const lines = new LinesLog();
  const counts = new ClosedCounts();
  return {
    name: 'unsubscribe',
    seeds: [
      ...GOOD.map((token) => request('POST', taken(token))),
      request('GET', taken(GOOD[0] ?? '')),
      request('HEAD', taken(GOOD[0] ?? '')),
      request('PUT', taken(GOOD[0] ?? '')),
      request('POST', taken(GOOD[0] ?? ''), MULTIPART, 'multipart/form-data; boundary=b'),
      request('POST', taken(GOOD[0] ?? ''), { $base64: ONE_CLICK }, FORM, true),
      request('POST', taken(tokenOf(SIGNED[0], 'gone'))),
      request('POST', {
        $join: ['v1.first.', { $base64url: 'newsletter\nvictim@elsewhere.example' }, '.', 'A'.repeat(43)],
      }),
    ],
    words: [
      ...GOOD,
      'first',
      'old',
      'gone',
      'v1.',
      't=',
      '&t=',
      '3D',
      ONE_CLICK,
      'GET',
      'POST',
      'boundary="b"',
      '--b',
      '--b--',
    ],
    answers: METRIC_RULES.Unsubscribe.filter((rule) => rule !== 'unavailable').map(
      (rule) => `${Metric.UNSUBSCRIBE}/${rule}`,
    ),
    async run(input) {
      const event = ready(input);
      const text = JSON.stringify(event);
      const ledger = new MemoryLedger({ now: () => NOW });
      const keys = { forSigning: async () => KEYS, forVerifying: async () => KEYS };
      const handler = makeHandler({
        ledger,
        keys,
        policy: DEFAULT_POLICY,
        now: () => NOW,
        log: lines.log,
        counts,
        fingerprint: fingerprint('a key of the fuzzer'),
      });
      const invoke = async (): Promise<void> => {
        const { statusCode, headers, body } = await handler(event);
        promise([200, 400, 405].includes(statusCode), () => `the status ${statusCode}`);
        for (const [name, value] of Object.entries(headers))
          if (/[\r\n\0]/.test(name + value)) throw new Violation('injection', `the header ${name} breaks its line`);
        checkPage(body);
        checkSize('the page', body.length, 0, 0);
      };
      await invoke();
      checkItems(ledger.items, text.length);
      const { writes } = ledger;
      if (writes > 0) {
        const method =
          isObject(event) && isObject(event.requestContext) && isObject(event.requestContext.http)
            ? event.requestContext.http.method
            : null;
        promise(String(method).toUpperCase() === 'POST', () => `${JSON.stringify(method)} unsubscribed`);
        const query = isObject(event)
          ? decodeURIComponent(
              String(event.rawQueryString)
                .replaceAll('+', ' ')
                .replace(/%(?![0-9a-f]{2})/gi, '%25'),
            )
          : '';
        promise(
          GOOD.some((token) => query.includes(token)),
          () => 'a link that was never signed unsubscribed',
        );
        for (const item of ledger.items)
          promise(
            SIGNED.some(([address, stream]) => item.address?.S === address && item.scope?.S === stream),
            () => `unsubscribed ${JSON.stringify([item.address?.S, item.scope?.S])}`,
          );
      }
      await invoke();
      promise(ledger.writes === writes, () => 'the same request again wrote');
      lines.check(text.length);
      return counts.take().filter((answer) => answer.startsWith(Metric.UNSUBSCRIBE));
    },
  };
};
