import { MESSAGES_DAYS } from '../../../core/contract/index.ts';
import { DAY } from '../../../core/instant.ts';
import { hashKey } from '../../../core/messages/key-hash.ts';
import { KEY, NOW, OWN_ID, pointsOf, RUNS_MS, request, World } from './once-world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

const SENT = { ok: true, value: { status: 'sent', messageId: '0100-1', duplicate: false } };
const failsWith = (code: string) => ({ ok: false, error: { code } });

test('the same request later gets the first answer, marked as a duplicate, and nobody is mailed again', async () => {
  const first = await world.invoke({ to: ['Pat <pat@target.example>', 'nobody'] });
  world.now += 29 * DAY;
  const again = await world.invoke({ to: ['Pat <pat@target.example>', 'nobody'] });
  expect(first).toMatchObject({ ok: true, value: { status: 'partly-sent', duplicate: false } });
  expect(again).toEqual({ ok: true, value: { ...(first.ok && first.value), duplicate: true } });
  expect(world.accepted).toHaveLength(1);
});

test('the first answer stands, whoever is on the list by then', async () => {
  await world.invoke();
  world.list({ status: 'suppressed', reason: 'hard-bounce', since: 1 });
  expect(await world.invoke()).toMatchObject({ ok: true, value: { status: 'sent', duplicate: true } });
});

test('the mail carries the hash of its key beside its other tags, and never the key', async () => {
  await world.invoke({ stream: 'receipts', tags: { run: '7' } });
  const mail = world.accepted[0]?.mail;
  expect(mail?.tags).toEqual({ run: '7', stream: 'receipts', 'suppressor-key': hashKey(KEY) });
  expect(JSON.stringify(mail)).not.toContain(`"${KEY}"`);
});

test('another message under the same key is refused while the key is used up', async () => {
  await world.invoke();
  expect(await world.invoke({ text: 'Thank you!' })).toMatchObject({
    ok: false,
    error: {
      code: 'IdempotencyKeyReused',
      retryable: false,
      message: expect.stringContaining(`"${KEY}" of 2026-01-02T03:04:05.678Z was another message`),
    },
  });
  expect(world.accepted).toHaveLength(1);
});

test('another message under the same key is refused while the first is running, and when its outcome is not known', async () => {
  world.ses = 'loses-request';
  let whileRunning: unknown;
  await world.invoke({}, async (point) => {
    if (point === 'before mailer.send') whileRunning = await world.invoke({ subject: 'Other' });
  });
  expect(whileRunning).toMatchObject(failsWith('IdempotencyKeyReused'));
  expect(await world.invoke({ subject: 'Other' })).toMatchObject(failsWith('IdempotencyKeyReused'));
});

test('the same message under another key is another mail', async () => {
  await world.invoke();
  expect(await world.invoke({ idempotencyKey: 'order-4712' })).toMatchObject({ ok: true, value: { duplicate: false } });
  expect(world.accepted).toHaveLength(2);
});

test('after 30 days the key may be used again, whether or not the table has deleted the record', async () => {
  await world.invoke();
  world.now = NOW + MESSAGES_DAYS * DAY - 1;
  expect(await world.invoke({ text: 'Other' })).toMatchObject(failsWith('IdempotencyKeyReused'));
  world.now += 1;
  expect(await world.invoke({ text: 'Other' })).toMatchObject({ ok: true, value: { duplicate: false } });
  expect(world.accepted).toHaveLength(2);
});

test('whoever asks while the first is running is told until when, and may ask again', async () => {
  let meanwhile: unknown;
  await world.invoke({}, async (point) => {
    if (point === 'before mailer.send') meanwhile = await world.invoke();
  });
  expect(meanwhile).toMatchObject({
    ok: false,
    error: {
      code: 'InProgress',
      retryable: true,
      message: expect.stringContaining(new Date(NOW + RUNS_MS + 5000).toISOString()),
    },
  });
});

test('without a known end an invocation is taken for alive as long as Lambda lets any run', async () => {
  world.ses = 'loses-request';
  world.sends.advance = () => Promise.reject(new Error('the table is out'));
  await world.invoke({}, undefined, { endsAt: undefined as never });
  expect((await world.record())?.runsUntil).toBe(NOW + 905_000);
});

test('an unknown outcome uses the key up, says that asking again is safe, and why nobody knows', async () => {
  world.ses = 'loses-answer';
  const first = await world.invoke();
  const again = await world.invoke();
  for (const ended of [first, again])
    expect(ended).toMatchObject({
      ok: false,
      error: {
        code: 'OutcomeUnknown',
        retryable: false,
        message: expect.stringContaining('the connection was cut'),
        remedy: expect.stringContaining('Ask again later with the same key'),
      },
    });
  expect(world.accepted).toHaveLength(1);
});

test.each(['QuotaExceeded', 'RateExceeded', 'SenderNotVerified', 'SesUnreachable', 'MessageRejected'] as const)(
  '%s frees the key, for another message too',
  async (code) => {
    world.ses = code;
    expect(await world.invoke()).toMatchObject({ ok: false, error: { code, refused: [], suppressed: [] } });
    expect(await world.record()).toBeUndefined();
    world.ses = 'accepts';
    expect(await world.invoke({ text: 'Mended' })).toMatchObject(SENT);
  },
);

test.each([
  ['malformed', { to: [] }, 'InvalidRequest'],
  ['to nobody who may be mailed', { onSuppressed: 'reject' }, 'RecipientsSuppressed'],
])('a request that is %s uses no key up and leaves no record', async (_name, over, code) => {
  world.list({ status: 'suppressed', reason: 'hard-bounce', since: 1 });
  expect(await world.invoke(over)).toMatchObject(failsWith(code));
  expect(world.sends.items).toEqual([]);
});

test('when all are suppressed nothing is kept and the key stays free', async () => {
  world.list({ status: 'suppressed', reason: 'hard-bounce', since: 1 });
  expect(await world.invoke()).toMatchObject({ ok: true, value: { status: 'suppressed', messageId: null } });
  expect(world.sends.writes).toBe(0);
  world.list({ status: 'watched' });
  expect(await world.invoke({ text: 'Other' })).toMatchObject(SENT);
});

test('where answers are kept, so is that all are suppressed, and the key stays free all the same', async () => {
  const keep = { keepAnswers: true };
  world.list({ status: 'suppressed', reason: 'hard-bounce', since: 1 });
  for (const _time of [1, 2])
    expect(await world.invoke({}, undefined, keep)).toMatchObject({
      ok: true,
      value: { status: 'suppressed', duplicate: false, suppressed: [{ reason: 'hard-bounce' }] },
    });
  expect(await world.record()).toMatchObject({ progress: { state: 'withheld' }, draft: { status: 'suppressed' } });
  world.list({ status: 'watched' });
  expect(await world.invoke({ text: 'Other' }, undefined, keep)).toMatchObject(SENT);
});

test('an answer that should be kept and cannot be is no answer: nothing was sent, ask again', async () => {
  world.list({ status: 'suppressed', reason: 'hard-bounce', since: 1 });
  world.sends.begin = () => Promise.reject(new Error('the table is out'));
  expect(await world.invoke({}, undefined, { keepAnswers: true })).toMatchObject({
    ok: false,
    error: { code: 'ListUnavailable', retryable: true },
  });
});

test('a key where sends are not remembered is refused with what to do, and mails nobody', async () => {
  expect(await world.invoke({}, undefined, { sends: undefined as never })).toMatchObject({
    ok: false,
    error: {
      code: 'InvalidRequest',
      message: expect.stringContaining('idempotencyKey'),
      remedy: expect.stringContaining('deploy'),
    },
  });
  expect(world.accepted).toEqual([]);
});

test('an unreadable list does not hide an answer that is known', async () => {
  await world.invoke();
  world.ledger.standings = async (keys) => ({
    found: new Map(),
    failed: new Map(keys.map(({ address }) => [address, new Error('the table is out')])),
  });
  expect(await world.invoke()).toMatchObject({ ok: true, value: { duplicate: true } });
  expect(await world.invoke({ idempotencyKey: 'other' })).toMatchObject(failsWith('ListUnavailable'));
});

test('those who lose the race for a free key to others again and again are told to come back', async () => {
  world.sends.begin = async () => 'lost';
  expect(await world.invoke()).toMatchObject({ ok: false, error: { code: 'InProgress', retryable: true } });
  expect(world.accepted).toEqual([]);
});

describe('what a send costs', () => {
  const operations = async (over: object) =>
    (await pointsOf((probe) => world.invoke(over as never, probe)))
      .filter((point) => point.startsWith('before '))
      .map((point) => point.slice('before '.length));
  const [NO_KEY, NO_ID] = [{ idempotencyKey: undefined }, { headers: {} }];

  test('without a key and a Message-ID of its own, nothing but list and SES', async () => {
    expect(await operations({ ...NO_KEY, ...NO_ID })).toEqual(['ledger.standings', 'compose', 'mailer.send']);
  });

  test('with a key, one read beside the list and two writes; as a duplicate the read alone', async () => {
    const asked = ['sends.read', 'ledger.standings'];
    const sent = [...asked, 'compose', 'sends.begin', 'mailer.send', 'sends.advance'];
    expect(await operations(NO_ID)).toEqual(sent);
    expect(await operations(NO_ID)).toEqual(asked);
  });

  test('with a Message-ID of its own, one request more', async () => {
    expect(await operations(NO_KEY)).toEqual(['ledger.standings', 'compose', 'mailer.send', 'messageIds.remember']);
  });
});

describe('a Message-ID of the caller’s own', () => {
  test('is remembered both ways, with the hash of the key', async () => {
    await world.invoke();
    const mail = {
      messageId: '0100-1',
      messageIdHeader: '<0100-1@eu-west-1.amazonses.com>',
      ownMessageId: OWN_ID,
      sentAt: NOW,
      key: hashKey(KEY),
    };
    expect(await world.messageIds.byMessageId('0100-1')).toEqual(mail);
    expect(await world.messageIds.byOwnMessageId(OWN_ID)).toEqual(mail);
  });

  test('is remembered without a key, and where keys are switched off', async () => {
    await world.invoke({ idempotencyKey: undefined }, undefined, { sends: undefined as never });
    expect(await world.messageIds.byOwnMessageId(OWN_ID)).toMatchObject({ messageId: '0100-1', key: undefined });
  });

  test('of a mail that SES did not take is not remembered', async () => {
    world.ses = 'MessageRejected';
    await world.invoke({ idempotencyKey: undefined });
    expect(await world.messageIds.byOwnMessageId(OWN_ID)).toBeUndefined();
  });

  test('that cannot be remembered costs nobody the answer', async () => {
    world.messageIds.remember = () => Promise.reject(new Error('the table is out'));
    expect(await world.invoke({ idempotencyKey: undefined })).toMatchObject(SENT);
    expect(world.logged).toEqual(['a Message-ID could not be remembered']);
  });
});

test('never throws for a key, whatever it is', async () => {
  for (const idempotencyKey of ['x'.repeat(257), '', 7, null, 'a\nb', {}])
    expect(await world.invoke({ idempotencyKey })).toMatchObject(failsWith('InvalidRequest'));
  expect(request().idempotencyKey).toBe(KEY);
});
