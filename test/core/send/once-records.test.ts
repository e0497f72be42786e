import { hashKey } from '../../../core/messages/key-hash.ts';
import { RecordTooLarge } from '../../../core/messages/record-too-large.ts';
import type { Sends } from '../../../core/messages/sends.ts';
import { KEY, request, World } from './once-world.ts';

let world: World;
let logged: unknown[][];
beforeEach(() => {
  world = new World();
  logged = [];
});

/** Sends with a key, while the records of sends do what these operations say. */
const sending = (broken: Partial<Sends>) => {
  const sends = new Proxy(world.sends, {
    get: (target, name) => {
      const member: unknown = Reflect.get(broken, name) ?? Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const log = (...all: unknown[]): void => void logged.push(all);
  return world.invoke({}, undefined, { sends, log: { info: log, warn: log, error: log } });
};
const out = async (): Promise<never> => Promise.reject(new Error('the table is out'));
const cause = { cause: 'Error: the table is out' };
const UNHEARD =
  'If this key says OutcomeUnknown later, it is about this request, of which nothing was sent: a new key mails once.';

test('a record that cannot be read stops the send', async () => {
  expect(await sending({ read: out })).toMatchObject({
    ok: false,
    error: {
      code: 'ListUnavailable',
      message: 'the record of sends could not be read: the table is out',
      remedy: 'Nothing was sent; send again with the same key.',
    },
  });
  expect(logged).toEqual([['the record of sends could not be read', cause]]);
  expect(world.accepted).toEqual([]);
});

test('a fault that is no error is told in its words', async () => {
  expect(await sending({ read: () => Promise.reject('out of order') })).toMatchObject({
    error: { message: 'the record of sends could not be read: out of order' },
  });
});

test('a record that cannot be written stops the send, and is taken back', async () => {
  expect(await sending({ begin: out })).toMatchObject({
    ok: false,
    error: {
      code: 'ListUnavailable',
      message: 'the record of sends could not be written: the table is out',
      remedy: 'Nothing was sent; send again with the same key.',
    },
  });
  expect(logged).toEqual([['the record of sends could not be written', cause]]);
  expect(world.accepted).toEqual([]);
});

test('a record that can neither be written nor taken back is tried twice, and the caller is warned', async () => {
  let releases = 0;
  const release = () => {
    releases += 1;
    return out();
  };
  expect(await sending({ begin: out, release })).toMatchObject({
    error: { remedy: `Nothing was sent; send again with the same key. ${UNHEARD}` },
  });
  expect(releases).toBe(2);
  const line = ['the key of a request that was not sent could not be freed', cause];
  expect(logged).toEqual([line, line, ['the record of sends could not be written', cause]]);
});

test('a key that is freed at the second try is free', async () => {
  let releases = 0;
  const release: Sends['release'] = (record) => {
    releases += 1;
    return releases === 1 ? out() : world.sends.release(record);
  };
  world.ses = 'QuotaExceeded';
  const ended = await sending({ release });
  expect(ended).toMatchObject({ ok: false, error: { code: 'QuotaExceeded' } });
  expect(!ended.ok && ended.error.remedy).not.toContain(UNHEARD);
  expect(releases).toBe(2);
  expect(await world.record()).toBeUndefined();
});

test('a key that is freed at once is not freed again', async () => {
  let releases = 0;
  const release: Sends['release'] = (record) => {
    releases += 1;
    return world.sends.release(record);
  };
  world.ses = 'QuotaExceeded';
  await sending({ release });
  expect(releases).toBe(1);
  expect(logged).toEqual([]);
});

test('a refusal whose key cannot be freed says what the key may say later', async () => {
  world.ses = 'QuotaExceeded';
  const ended = await sending({ release: out });
  expect(ended).toMatchObject({ ok: false, error: { code: 'QuotaExceeded' } });
  expect(!ended.ok && ended.error.remedy).toMatch(new RegExp(`. ${UNHEARD}$`));
});

test('a record that is too large for its table is the fault of the request', async () => {
  const begin = async () => Promise.reject(new RecordTooLarge('500,000 bytes'));
  expect(await sending({ begin })).toMatchObject({
    ok: false,
    error: {
      code: 'TooLarge',
      message: 'the record of this send is too large for its table: 500,000 bytes',
      remedy: 'Name fewer or shorter recipients, or leave idempotencyKey out.',
    },
  });
  expect(logged).toEqual([]);
});

test('a write whose answer was lost, and which was done, is found and used', async () => {
  const begin: Sends['begin'] = async (record, over) => {
    await world.sends.begin(record, over);
    return 'lost';
  };
  expect(await sending({ begin })).toMatchObject({ ok: true, value: { status: 'sent', duplicate: false } });
  expect(world.accepted).toHaveLength(1);
});

test('a key that others take first again and again is given up after five races', async () => {
  let races = 0;
  const begin = async () => {
    races += 1;
    return 'lost' as const;
  };
  expect(await sending({ begin })).toMatchObject({
    ok: false,
    error: { code: 'InProgress', message: 'other requests with this key were first 5 times' },
  });
  expect(races).toBe(5);
});

test('a key that another request has taken meanwhile is that of the other', async () => {
  let raced = false;
  const begin: Sends['begin'] = async (record, over) => {
    if (raced) return world.sends.begin(record, over);
    raced = true;
    await world.invoke();
    return 'lost';
  };
  expect(await sending({ begin })).toMatchObject({ ok: true, value: { messageId: '0100-1', duplicate: true } });
  expect(world.accepted).toHaveLength(1);
});

test('an end that somebody else wrote first is worth a line, and no more', async () => {
  expect(await sending({ advance: async () => 'lost' })).toMatchObject({ ok: true, value: { status: 'sent' } });
  expect(logged).toEqual([['the record of a send was brought to its end by somebody else']]);
});

test('an end that cannot be written changes nothing of the answer', async () => {
  expect(await sending({ advance: out })).toMatchObject({ ok: true, value: { status: 'sent' } });
  expect(logged).toEqual([['an accepted send could not be recorded', cause]]);
  expect(request().idempotencyKey).toBe(KEY);
  expect(await world.record(hashKey(KEY))).toMatchObject({ progress: { state: 'running' } });
});
