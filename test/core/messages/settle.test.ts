import fc from 'fast-check';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { memorySettling } from '../../../adapters/memory-settling.ts';
import type { KeyedMail } from '../../../core/feedback/keyed-mail.ts';
import { DAY, toIso } from '../../../core/instant.ts';
import { hashKey } from '../../../core/messages/key-hash.ts';
import { RecordTooLarge } from '../../../core/messages/record-too-large.ts';
import { RecordUnreadable } from '../../../core/messages/record-unreadable.ts';
import type { SendState } from '../../../core/messages/send-record.ts';
import type { Sends } from '../../../core/messages/sends.ts';
import { settle } from '../../../core/messages/settle.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { NOW, recordOf } from './records.ts';

const UNKNOWN: SendState = { state: 'unknown', message: 'the connection was cut' };
const NO_FAULT = { failed: new Map(), stuck: new Map() };
const answered = (messageId: string): SendState => ({
  state: 'answered',
  messageId,
  messageIdHeader: `<${messageId}@eu-west-1.amazonses.com>`,
});
const mailOf = (idempotencyKey: string, messageId: string, timestamp: unknown = toIso(NOW)): KeyedMail => ({
  key: hashKey(idempotencyKey),
  messageId,
  timestamp,
});

const settleAll = async (sends: Sends, mails: readonly KeyedMail[]) => {
  const settling = memorySettling(new MemoryLedger(), sends, 'eu-west-1');
  const { records } = await settling.readWith(
    [],
    mails.map(({ key }) => key),
  );
  return settle(mails, records, settling);
};

let sends: MemorySends;
beforeEach(() => {
  sends = new MemorySends();
});
const progressOf = async (idempotencyKey: string) => (await sends.read(hashKey(idempotencyKey)))?.progress;

test.each([
  ['unknown', UNKNOWN],
  ['running', { state: 'running' } as const],
])('a send that is %s is answered with what SES calls the mail', async (_name, progress) => {
  const record = recordOf('a', progress);
  await sends.begin(record, undefined);
  expect(await settleAll(sends, [mailOf('a', '0100-1')])).toEqual({ ...NO_FAULT, settled: 1 });
  expect(await sends.read(record.key)).toEqual({ ...record, progress: answered('0100-1') });
});

test('mail of another Region settles nothing: the same key may have been used there', async () => {
  await sends.begin(recordOf('a', UNKNOWN), undefined);
  const mail = mailOf('a', '0100-1');
  expect(await settleAll(sends, [{ ...mail, region: 'us-east-1' }])).toEqual({ ...NO_FAULT, settled: 0 });
  expect(await progressOf('a')).toEqual(UNKNOWN);
  expect((await settleAll(sends, [{ ...mail, region: 'eu-west-1' }])).settled).toBe(1);
  expect(await progressOf('a')).toEqual(answered('0100-1'));
});

test.each([
  ['answered', answered('0100-0')],
  ['withheld', { state: 'withheld' } as const],
])('a send that is %s stays as it is and costs no write', async (_name, progress) => {
  await sends.begin(recordOf('a', progress), undefined);
  expect((await settleAll(sends, [mailOf('a', '0100-1')])).settled).toBe(0);
  expect(await progressOf('a')).toEqual(progress);
  expect(sends.writes).toBe(1);
});

test('nothing is made for a key that has no record', async () => {
  expect(await settleAll(sends, [mailOf('a', '0100-1')])).toEqual({ ...NO_FAULT, settled: 0 });
  expect(sends.items).toEqual([]);
});

test('several reports on one mail are one write', async () => {
  await sends.begin(recordOf('a', UNKNOWN), undefined);
  const mail = mailOf('a', '0100-1');
  expect((await settleAll(sends, [mail, mail, mail])).settled).toBe(1);
  expect(sends.writes).toBe(2);
  expect((await settleAll(sends, [mail])).settled).toBe(0);
  expect(sends.writes).toBe(2);
});

test('a late report on an earlier mail with this key settles nothing', async () => {
  await sends.begin(recordOf('a', { state: 'running' }), undefined);
  expect((await settleAll(sends, [mailOf('a', 'older', toIso(NOW - 31 * DAY))])).settled).toBe(0);
  expect((await settleAll(sends, [mailOf('a', '0100-1', toIso(NOW - 60_000))])).settled).toBe(1);
});

test.each([[undefined], ['yesterday'], [7]])(
  'a report that tells the time as %j settles all the same',
  async (time) => {
    await sends.begin(recordOf('a', UNKNOWN), undefined);
    expect((await settleAll(sends, [{ ...mailOf('a', '0100-1'), timestamp: time }])).settled).toBe(1);
  },
);

test('a record that cannot be read or written fails its key alone', async () => {
  const faulty = new MemorySends({
    fault: ({ operation, key }) => {
      if (operation === 'read' && key === hashKey('unread')) throw new Error('no read');
      if (operation === 'advance' && key === hashKey('unwritten')) throw new Error('no write');
    },
  });
  for (const key of ['unread', 'unwritten', 'fine']) await faulty.begin(recordOf(key, UNKNOWN), undefined);
  const keys = ['unread', 'unwritten', 'fine'];
  const { settled, failed } = await settleAll(
    faulty,
    keys.map((key, i) => mailOf(key, `0100-${i}`)),
  );
  expect(settled).toBe(1);
  expect(failed).toEqual(
    new Map([
      [hashKey('unread'), new Error('no read')],
      [hashKey('unwritten'), new Error('no write')],
    ]),
  );
});

test('a record that nobody can read fails nothing: its feedback would come back for ever', async () => {
  const fault = new RecordUnreadable('state "paused"');
  const faulty = new MemorySends({
    fault: ({ operation, key }) => {
      if (operation === 'read' && key === hashKey('odd')) throw fault;
    },
  });
  for (const key of ['odd', 'fine']) await faulty.begin(recordOf(key, UNKNOWN), undefined);
  const { settled, failed, stuck } = await settleAll(faulty, [mailOf('odd', '0100-1'), mailOf('fine', '0100-2')]);
  expect([settled, failed]).toEqual([1, new Map()]);
  expect(stuck).toEqual(new Map([[hashKey('odd'), fault]]));
  expect(faulty.writes).toBe(3);
});

test('a record that grows too large for its table fails nothing either', async () => {
  const fault = new RecordTooLarge('Item size has exceeded the maximum allowed size');
  const faulty = new MemorySends({
    fault: ({ operation, key }) => {
      if (operation === 'advance' && key === hashKey('full')) throw fault;
    },
  });
  for (const key of ['full', 'fine']) await faulty.begin(recordOf(key, UNKNOWN), undefined);
  const { settled, failed, stuck } = await settleAll(faulty, [mailOf('full', '0100-1'), mailOf('fine', '0100-2')]);
  expect([settled, failed]).toEqual([1, new Map()]);
  expect(stuck).toEqual(new Map([[hashKey('full'), fault]]));
});

test('an answer that the sender writes in between stands, and is no fault', async () => {
  const record = recordOf('a', { state: 'running' });
  await sends.begin(record, undefined);
  const settling = memorySettling(new MemoryLedger(), sends, 'eu-west-1');
  const { records } = await settling.readWith([], [record.key]);
  await sends.advance({ ...record, progress: answered('0100-1') });
  expect(await settle([mailOf('a', '0100-2')], records, settling)).toEqual({ ...NO_FAULT, settled: 0 });
  expect(await progressOf('a')).toEqual(answered('0100-1'));
});

test('whatever the order, the batches, the duplicates and the faults: what is delivered again settles the same', async () => {
  const keys = ['a', 'b', 'c', 'd'];
  const states = fc.constantFrom<SendState | undefined>(
    UNKNOWN,
    { state: 'running' },
    { state: 'withheld' },
    answered('before'),
    undefined,
  );
  const mails = fc.array(
    fc.constantFrom(...keys).map((key) => mailOf(key, `0100-${key}`)),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(states, states, states, states),
      fc.array(mails, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat({ max: 3 })),
      async (held, batches, luck) => {
        let faulty = false;
        const store = new MemorySends({
          fault: () => {
            if (faulty && luck.next().value === 0) throw new Error('the table is out');
          },
        });
        for (const [i, progress] of held.entries())
          if (progress !== undefined) await store.begin(recordOf(keys[i] ?? '', progress), undefined);
        faulty = true;
        for (const batch of batches) {
          let left = batch;
          for (let delivery = 0; delivery < 20 && left.length > 0; delivery += 1) {
            const { failed } = await settleAll(store, left);
            left = left.filter(({ key }) => failed.has(key));
          }
          faulty = false;
          expect((await settleAll(store, left)).failed.size).toBe(0);
          faulty = true;
        }
        faulty = false;
        const told = new Set(batches.flat().map(({ key }) => key));
        for (const [i, key] of keys.entries()) {
          const open = held[i]?.state === 'unknown' || held[i]?.state === 'running';
          const expected = open && told.has(hashKey(key)) ? answered(`0100-${key}`) : held[i];
          expect((await store.read(hashKey(key)))?.progress).toEqual(expected);
        }
      },
    ),
    { numRuns: 200 },
  );
});
