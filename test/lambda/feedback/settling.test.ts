import { MemorySends, type MemorySendsOptions } from '../../../adapters/memory-sends.ts';
import { memorySettling } from '../../../adapters/memory-settling.ts';
import { KEY_TAG } from '../../../core/contract/index.ts';
import { hashKey } from '../../../core/messages/key-hash.ts';
import { RecordUnreadable } from '../../../core/messages/record-unreadable.ts';
import { recordOf } from '../../core/messages/records.ts';
import { bounce, bounced, delivery, mailOf } from '../../core/messages.ts';
import { record, stage, standingOf } from './stage.ts';

/** The feedback function with records of sends beside its list. */
const stageWith = async (keys: readonly string[], options: MemorySendsOptions = {}) => {
  const sends = new MemorySends(options);
  for (const key of keys) await sends.begin(recordOf(key, { state: 'unknown', message: 'cut' }), undefined);
  const reads: [entries: number, records: number][] = [];
  const staged = stage({}, (ledger) => {
    const settling = memorySettling(ledger, sends, 'eu-west-1');
    return {
      ...settling,
      readWith: (entries, hashes) => {
        reads.push([entries.length, hashes.length]);
        return settling.readWith(entries, hashes);
      },
    };
  });
  const stateOf = async (key: string) => (await sends.read(hashKey(key)))?.progress;
  return { ...staged, sends, reads, stateOf };
};

const tagged = (key: string) => ({ tags: { [KEY_TAG]: [hashKey(key)] } });
const bounceOf = (address: string, key: string) =>
  bounce({
    ...tagged(key),
    recipients: [bounced(address)],
    mail: { destination: [address], messageId: `0100-${key}` },
    detail: { feedbackId: `fb-${address}` },
  });
const ANSWERED = (key: string) => ({
  state: 'answered',
  messageId: `0100-${key}`,
  messageIdHeader: `<0100-${key}@eu-west-1.amazonses.com>`,
});

test('writes a bounce to the list and settles its send, with one read for both', async () => {
  const { handler, ledger, reads, counts, stateOf } = await stageWith(['a']);
  const answer = await handler({ Records: [record('1', bounceOf('pat@target.example', 'a'))] });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(await stateOf('a')).toEqual(ANSWERED('a'));
  expect((await standingOf(ledger, 'pat@target.example'))?.status).toBe('suppressed');
  expect([reads, ledger.reads]).toEqual([[[1, 1]], 1]);
  expect(counts.counted).toEqual({ 'Feedback/hard-bounce': 1, 'Sends/settled': 1 });
});

test('settles by a message that is about no recipient, and by one the list learns nothing from', async () => {
  const { handler, ledger, stateOf } = await stageWith(['a', 'b']);
  const mail = (key: string) => mailOf({ ...tagged(key), mail: { messageId: `0100-${key}` } });
  await handler({
    Records: [
      record('1', { eventType: 'Send', mail: mail('a'), send: {} }),
      record('2', delivery({ ...tagged('b'), mail: { messageId: '0100-b' } })),
    ],
  });
  expect([await stateOf('a'), await stateOf('b')]).toEqual([ANSWERED('a'), ANSWERED('b')]);
  expect(ledger.writes).toBe(0);
});

test('settles once, however often and in however many batches SES reports', async () => {
  const { handler, sends, counts } = await stageWith(['a']);
  const batch = { Records: [1, 2, 3].map((i) => record(String(i), bounceOf('pat@target.example', 'a'))) };
  await handler(batch);
  await handler(batch);
  expect([sends.writes, counts.counted['Sends/settled']]).toEqual([2, 1]);
});

test('reads the records of a batch all at once, and only where a mail has a key', async () => {
  const keys = Array.from({ length: 120 }, (_, i) => `k${i}`);
  const { handler, ledger, reads, sends } = await stageWith(keys);
  await handler({ Records: keys.map((key, i) => record(key, bounceOf(`pat${i}@target.example`, key))) });
  await handler({ Records: [record('plain', bounce())] });
  expect([reads, ledger.reads]).toEqual([[[120, 120]], 2]);
  expect(sends.writes).toBe(240);
});

test.each(['read', 'advance'] as const)(
  'gives back the records whose send could not be settled: %s',
  async (operation) => {
    const bad = hashKey('bad');
    let broken = true;
    const { handler, ledger, stateOf, counts } = await stageWith(['bad', 'good'], {
      fault: (call) => {
        if (broken && call.operation === operation && call.key === bad) throw new Error('throttled');
      },
    });
    const Records = [
      record('bad', bounceOf('pat@target.example', 'bad')),
      record('good', bounceOf('sam@target.example', 'good')),
      record(
        'plain',
        bounce({ recipients: [bounced('kim@target.example')], mail: { destination: ['kim@target.example'] } }),
      ),
    ];
    expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(await stateOf('good')).toEqual(ANSWERED('good'));
    for (const name of ['pat', 'sam', 'kim'])
      expect((await standingOf(ledger, `${name}@target.example`))?.status).toBe('suppressed');
    expect(counts.counted['Sends/settled']).toBe(1);
    broken = false;
    expect(await handler({ Records: Records.slice(0, 1) })).toEqual({ batchItemFailures: [] });
    expect(await stateOf('bad')).toEqual(ANSWERED('bad'));
  },
);

test('acknowledges what is about a record that nobody can read, counts and logs it, and writes the list', async () => {
  const { handler, ledger, counts, log } = await stageWith(['odd'], {
    fault: ({ operation }) => {
      if (operation === 'read') throw new RecordUnreadable('state "paused"');
    },
  });
  const Records = [
    record('1', bounceOf('pat@target.example', 'odd')),
    record('2', bounceOf('sam@target.example', 'odd')),
  ];
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  for (const name of ['pat', 'sam'])
    expect((await standingOf(ledger, `${name}@target.example`))?.status).toBe('suppressed');
  expect(counts.counted).toMatchObject({ 'Feedback/hard-bounce': 2, 'Sends/stuck': 1 });
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([
    expect.objectContaining({ key: hashKey('odd'), cause: 'RecordUnreadable: state "paused"' }),
  ]);
});

test('settles by a message that is set aside as malformed, too', async () => {
  const { handler, deadLetters, stateOf } = await stageWith(['a']);
  const odd = bounce({ ...tagged('a'), recipients: 'nobody', mail: { messageId: '0100-a' } });
  expect(await handler({ Records: [record('1', odd)] })).toEqual({ batchItemFailures: [] });
  expect(deadLetters.letters).toHaveLength(1);
  expect(await stateOf('a')).toEqual(ANSWERED('a'));
});

test('reads no records where sends are not remembered', async () => {
  const { handler, ledger, counts } = stage();
  await handler({ Records: [record('1', bounceOf('pat@target.example', 'a'))] });
  expect(ledger.reads).toBe(1);
  expect(counts.counted).toEqual({ 'Feedback/hard-bounce': 1 });
});
