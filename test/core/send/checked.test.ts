import { keyText } from '../../../core/entry/entry.ts';
import { toIso } from '../../../core/instant.ts';
import { fail } from '../../../core/result.ts';
import type { SendDeps } from '../../../core/send/deps.ts';
import { sendFailure } from '../../../core/send/failure.ts';
import { blockOf } from '../../../core/send/partition.ts';
import { rememberMessageId } from '../../../core/send/remember-message-id.ts';
import { send } from '../../../core/send/send.ts';
import { addressOf } from '../entries.ts';
import { NOW, RUNS_MS, request, World } from './once-world.ts';
import { preparedOf, template } from './requests.ts';

const ADDRESS = addressOf('pat@target.example');
const everywhere = keyText({ address: ADDRESS, scope: '*' });
const inNews = keyText({ address: ADDRESS, scope: 'news' });

describe('why an address is withheld', () => {
  const standing = (reason: string, until?: number) =>
    ({ status: 'suppressed', reason, since: NOW, ...(until === undefined ? {} : { until }) }) as never;
  const told = (...found: readonly (readonly [string, never])[]) => blockOf(ADDRESS, 'news', new Map(found), NOW);
  const since = toIso(NOW);

  test('is told with scope and times, and no end is null', () => {
    expect(told([inNews, standing('unsubscribe')])).toEqual({
      reason: 'unsubscribe',
      scope: 'news',
      since,
      until: null,
    });
    expect(told([everywhere, standing('validation', NOW + 5)])).toEqual({
      reason: 'validation',
      scope: '*',
      since,
      until: toIso(NOW + 5),
    });
  });

  test('is the later end, and everywhere before the stream where both end together', () => {
    expect(told([everywhere, standing('validation', NOW + 5)], [inNews, standing('unsubscribe')])?.scope).toBe('news');
    expect(told([everywhere, standing('complaint')], [inNews, standing('unsubscribe', NOW + 5)])?.scope).toBe('*');
    expect(told([everywhere, standing('complaint')], [inNews, standing('unsubscribe')])?.scope).toBe('*');
    expect(told([everywhere, standing('x', NOW + 5)], [inNews, standing('y', NOW + 5)])?.scope).toBe('*');
  });

  test('is by hand where the table tells no reason, and since nobody knows when', () => {
    expect(told([everywhere, { status: 'suppressed' } as never])).toEqual({
      reason: 'manual',
      scope: '*',
      since: null,
      until: null,
    });
  });
});

interface Told {
  readonly counted: unknown[][];
  readonly logged: unknown[][];
}

/** A send without a key, and what it counted and logged. */
const sending = async (world: World, over: object, deps: Partial<SendDeps> = {}) => {
  const told: Told = { counted: [], logged: [] };
  const log = (...all: unknown[]): void => void told.logged.push(all);
  const ended = await world.invoke({ idempotencyKey: undefined, ...over }, undefined, {
    counts: { add: (...all) => void told.counted.push(all), flush: () => undefined },
    log: { info: log, warn: log, error: log },
    ...deps,
  });
  return { ended, ...told };
};

let world: World;
beforeEach(() => {
  world = new World();
});

describe('a list that cannot be read', () => {
  const unread: SendDeps['ledger'] = {
    standings: async (keys) => ({
      found: new Map(),
      failed: new Map(keys.map((key) => [keyText(key), new Error('throttled')])),
    }),
  };
  const line = (failOpen: boolean) => [
    ['the list could not be read', { unread: 2, cause: 'Error: throttled', failOpen }],
  ];

  test('stops the send', async () => {
    const { ended, counted, logged } = await sending(
      world,
      { stream: 'news', to: ['pat@target.example', 'x'] },
      { ledger: unread },
    );
    expect(ended).toMatchObject({
      ok: false,
      error: { code: 'ListUnavailable', message: '2 entries could not be read: throttled', refused: [{ given: 'x' }] },
    });
    expect(world.accepted).toEqual([]);
    expect(counted).toEqual([['ListUnavailable', 'refused']]);
    expect(logged).toEqual(line(false));
  });

  test('does not stop it where the policy says so', async () => {
    const policy = { whenListUnavailable: 'send' } as const;
    const { ended, counted, logged } = await sending(world, { stream: 'news' }, { ledger: unread, policy });
    expect(ended).toMatchObject({ ok: true, value: { status: 'sent' } });
    expect(counted).toEqual([['ListUnavailable', 'sent']]);
    expect(logged).toEqual(line(true));
  });
});

describe('a request that would rather not be sent in part', () => {
  const over = { to: ['pat@target.example', 'sam@target.example'], onSuppressed: 'reject' };

  test('is refused with whom it may not mail', async () => {
    world.list({ status: 'suppressed', reason: 'complaint', since: NOW });
    expect((await sending(world, over)).ended).toMatchObject({
      ok: false,
      error: {
        code: 'RecipientsSuppressed',
        message: '1 of 2 recipients may not be mailed; nothing was sent',
        suppressed: [{ address: 'pat@target.example' }],
      },
    });
    expect(world.accepted).toEqual([]);
  });

  test('is sent where all may be mailed', async () => {
    expect((await sending(world, over)).ended).toMatchObject({ ok: true, value: { status: 'sent' } });
  });
});

test('an answer has a header mismatch only where there are headers', async () => {
  const { ended } = await sending(world, {});
  expect(ended.ok && 'headerMismatch' in ended.value).toBe(false);
  const mime = 'From: no-reply@ledger.example\r\nTo: sam@target.example\r\n\r\nHi\r\n';
  const raw = { raw: Buffer.from(mime).toString('base64'), subject: undefined, text: undefined, headers: undefined };
  expect((await sending(world, raw)).ended).toMatchObject({
    ok: true,
    value: { headerMismatch: { headersOnly: ['sam@target.example'], envelopeOnly: ['pat@target.example'] } },
  });
});

test('with everybody withheld nothing is built and SES is not asked', async () => {
  world.list({ status: 'suppressed', reason: 'complaint', since: NOW });
  const compose = async () => Promise.reject(new Error('not needed'));
  expect((await sending(world, {}, { compose })).ended).toMatchObject({
    ok: true,
    value: { status: 'suppressed', messageId: null, messageIdHeader: null, duplicate: false },
  });
  expect(world.accepted).toEqual([]);
});

test('a message that cannot be built is told with its recipients, key or none, and SES is not asked', async () => {
  const compose = async () => Promise.reject(new Error('no such charset'));
  for (const idempotencyKey of [undefined, 'k']) {
    const { ended } = await sending(world, { idempotencyKey, to: ['pat@target.example', 'x'] }, { compose });
    expect(ended).toMatchObject({
      ok: false,
      error: {
        code: 'InvalidRequest',
        message: 'the message cannot be built: Error: no such charset',
        suppressed: [],
        refused: [{ given: 'x' }],
      },
    });
  }
  expect(world.accepted).toEqual([]);
});

describe('the cause of a fault is logged', () => {
  const boom = (): never => {
    throw new Error('boom');
  };
  const cause = { cause: 'Error: boom' };

  test('in reading the request', async () => {
    const odd = Object.defineProperty(request(), 'subject', { enumerable: true, get: boom });
    const logged: unknown[][] = [];
    await send(odd, NOW + RUNS_MS, { log: { error: (...all: unknown[]) => logged.push(all) } } as unknown as SendDeps);
    expect(logged).toEqual([['a send request could not be read', cause]]);
  });

  test('in handing it to SES', async () => {
    const { logged } = await sending(world, {}, { mailer: { send: async () => boom() } });
    expect(logged).toEqual([['handing a mail to SES met a fault', cause]]);
  });

  test('anywhere else, and in the message too', async () => {
    const { logged, ended } = await sending(world, {}, { now: boom });
    expect(logged).toEqual([['a send met a fault', cause]]);
    expect(ended).toMatchObject({ ok: false, error: { message: 'the send met a fault: Error: boom' } });
  });

  test('in remembering a Message-ID, with the mail it was about', async () => {
    const { logged, ended } = await sending(world, {}, { messageIds: { remember: async () => boom() } });
    expect(logged).toEqual([['a Message-ID could not be remembered', { messageId: '0100-1', ...cause }]]);
    expect(ended.ok).toBe(true);
  });
});

test('a Message-ID is remembered only where there is one and somewhere to keep it', async () => {
  const remembered: unknown[] = [];
  const messageIds: SendDeps['messageIds'] = { remember: async (ids) => void remembered.push(ids) };
  expect((await sending(world, { headers: { 'X-A': '1' } }, { messageIds })).logged).toEqual([]);
  const prepared = { ...preparedOf(template()), ownMessageId: '<a@b.example>' };
  const logged: unknown[][] = [];
  const deps = { log: { error: (...all: unknown[]) => logged.push(all) } } as unknown as SendDeps;
  await rememberMessageId(prepared, { messageId: '0100-1', messageIdHeader: '<x>' }, undefined, deps);
  expect(logged).toEqual([]);
  expect(remembered).toEqual([]);
  await sending(world, { headers: { 'X-A': '1', 'MESSAGE-id': '<a@b.example>' } }, { messageIds });
  expect(remembered).toMatchObject([{ ownMessageId: '<a@b.example>', messageId: '0100-2', key: undefined }]);
});

test('what SES refuses is told with the recipients it was about', async () => {
  world.ses = 'QuotaExceeded';
  const { ended } = await sending(world, { to: ['pat@target.example', 'x'] });
  expect(ended).toEqual(
    fail({
      ...sendFailure('QuotaExceeded', 'SES said no'),
      suppressed: [],
      refused: [{ given: 'x', code: 'AddressSyntax', message: expect.any(String) }],
    }),
  );
});
