import type { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { FIRST_LEAD_MS, LEAST_LEAD_MS, makeLead } from '../../../core/rate/lead.ts';
import { list } from '../send/stage.ts';
import { refused, request, SES_MS, START, stage, TRY_MS } from './stage.ts';

const SLOT_MS = 73.715;
const many = (count: number, over: { readonly [field: string]: unknown } = {}) =>
  Array.from({ length: count }, () => request(over));
const suppress = (ledger: MemoryLedger, address: string) => list(ledger, address);

describe('a batch', () => {
  test('is sent at its slots, in order, with one write for all of them', async () => {
    const { batch, invoke, mails, writes, counts } = stage();
    expect(
      await invoke(batch(Array.from({ length: 5 }, (_, i) => request({ to: [`pat${i}@target.example`] })))),
    ).toEqual([]);
    expect(mails.map(({ mail }) => mail.destinations)).toEqual([0, 1, 2, 3, 4].map((i) => [`pat${i}@target.example`]));
    for (const [i, { at }] of mails.entries()) {
      expect(at).toBeGreaterThanOrEqual(LEAST_LEAD_MS + i * SLOT_MS);
      expect(at).toBeLessThan(LEAST_LEAD_MS + i * SLOT_MS + 2);
    }
    expect(writes).toEqual(['claim']);
    expect(counts.counted).toEqual({ 'Recipients/sent': 5 });
  });

  test('has no mail wait for the answer to another one', async () => {
    const { time, start, batch, invoke, mails, will } = stage();
    will.probe = async (point) => {
      if (point === 'ses after') await time.sleep(5000);
    };
    await invoke(batch(many(10)));
    expect(mails).toHaveLength(10);
    expect(mails.at(-1)?.at).toBeLessThan(LEAST_LEAD_MS + 10 * SLOT_MS);
    expect(time.now() - start).toBeLessThan(LEAST_LEAD_MS + 10 * SLOT_MS + SES_MS + 5010);
  });

  test('counts recipients: the mail after one to several waits for all of them', async () => {
    const { batch, invoke, mails } = stage();
    const to = Array.from({ length: 14 }, (_, i) => `pat${i}@target.example`);
    await invoke(batch([request({ to: [...to, 'pat0@target.example'] }), request()]));
    expect((mails[1]?.at ?? 0) - (mails[0]?.at ?? 0)).toBeGreaterThanOrEqual(14 * SLOT_MS - 1);
  });

  test('checks the list a moment before each slot, not when the message was put on the queue or received', async () => {
    const { time, start, batch, invoke, mails, counts, ledger, will } = stage({
      state: { rate: 1, readAt: START },
    });
    const checked: number[] = [];
    will.probe = async (point) => {
      if (point !== 'ledger.standings before') return;
      checked.push(time.now() - start);
      if (checked.length === 2) await suppress(ledger, 'sam@target.example');
    };
    const requests = ['pat', 'ann', 'sam'].map((name) => request({ to: [`${name}@target.example`] }));
    expect(await invoke(batch(requests))).toEqual([]);
    expect(mails.map(({ mail }) => mail.destinations[0])).toEqual(['pat@target.example', 'ann@target.example']);
    expect(counts.counted).toEqual({ 'Recipients/sent': 2, 'Recipients/suppressed': 1 });
    for (const [i, at] of [...new Set(checked)].entries())
      expect(LEAST_LEAD_MS + i * 1032 - at).toBeLessThanOrEqual(250);
  });

  test('keeps every answer, also that nobody could be mailed', async () => {
    const { batch, invoke, ledger, sends, mails } = stage();
    await suppress(ledger, 'pat@target.example');
    expect(await invoke(batch([request({ to: ['ann@target.example'] }), request()]))).toEqual([]);
    expect(mails).toHaveLength(1);
    expect(sends.items).toHaveLength(2);
  });

  test('that is larger than the time of the invocation is sent as far as that goes; the rest is told when to come back', async () => {
    const { batch, invoke, mails, postponed, counts } = stage({ state: { rate: 1, readAt: START } });
    const failed = await invoke(batch(many(10)), TRY_MS + 5000);
    expect(mails).toHaveLength(5);
    expect(failed).toEqual(['m-6', 'm-7', 'm-8', 'm-9', 'm-10']);
    expect(postponed.map(({ receiptHandle }) => receiptHandle)).toEqual(failed.map((id) => `handle-of-${id}`));
    for (const { seconds, at } of postponed) expect(at / 1000 + seconds).toBeGreaterThanOrEqual(5);
    expect(counts.counted).toMatchObject({ 'Recipients/sent': 5, 'Waiting/rate': 5 });
  });

  test('of a new environment is given time: it makes its first mails long before their slots', async () => {
    const { time, batch, invoke, mails, writes, will } = stage({ lead: makeLead });
    will.probe = async (point) => {
      if (point === 'compose before') await time.sleep(1000);
    };
    expect(await invoke(batch(many(10)))).toEqual([]);
    expect(mails.map(({ at }) => at)).toEqual(mails.map((_, i) => expect.closeTo(FIRST_LEAD_MS + i * SLOT_MS, -1)));
    expect(writes).toEqual(['claim']);
  });

  test('is begun sooner where the one before took long, so that no mail is late for the same reason again', async () => {
    const { time, batch, record, invoke, mails, will } = stage();
    let made = 0;
    will.probe = async (point) => {
      if (point !== 'compose before') return;
      made += 1;
      await time.sleep(1100);
    };
    await invoke([record(request({ idempotencyKey: 'first' }))]);
    const started = time.now() - START;
    expect(await invoke(batch(many(10, { subject: 'Another' })))).toEqual([]);
    expect([mails.length, made]).toEqual([11, 11]);
    const slots = mails.slice(1).map((_, i) => expect.closeTo(started + 1.5 * 1100 + i * SLOT_MS, -1));
    expect(mails.slice(1).map(({ at }) => at)).toEqual(slots);
  });

  test('of which nothing fits is given back at once, without a write or a call of SES', async () => {
    const { time, start, store, batch, invoke, mails, writes } = stage();
    const next = (time.now() + 100_000) * 1000;
    await store.claim({ recipients: 1, span: 0, from: { start: next, absurd: next * 2 } });
    expect(await invoke(batch(many(3)))).toEqual(['m-1', 'm-2', 'm-3']);
    expect([mails.length, writes.length, time.now() - start]).toEqual([0, 0, 0]);
  });

  test('that comes with hardly any time left is given back', async () => {
    const { batch, invoke, mails } = stage();
    expect(await invoke(batch(many(2)), 1000)).toEqual(['m-1', 'm-2']);
    expect(mails).toEqual([]);
  });

  test('of nothing comes to nothing', async () => {
    expect(await stage().invoke([])).toEqual([]);
  });

  test('never starts a call of SES later than the time it may take', async () => {
    const { batch, invoke, mails } = stage({ state: { rate: 2, readAt: START } });
    for (const remaining of [TRY_MS + 200, TRY_MS + 1000, TRY_MS + 3333]) {
      const first = mails.length;
      await invoke(batch(many(10, { idempotencyKey: `k${remaining}` })), remaining);
      for (const { at } of mails.slice(first))
        expect(at).toBeLessThanOrEqual(20 + remaining - TRY_MS + (mails[first]?.at ?? 0));
    }
    expect(mails.length).toBeGreaterThan(1);
  });
});

describe('waiting', () => {
  test.each([
    ['RateExceeded', 'rate', 3, 6],
    ['SesUnreachable', 'fault', 3, 6],
    ['ListUnavailable', 'fault', 3, 6],
    ['InProgress', 'fault', 3, 6],
    ['UnsubscribeUnavailable', 'fault', 3, 6],
    ['QuotaExceeded', 'quota', 2400, 3600],
    ['SendingPaused', 'paused', 2400, 3600],
  ] as const)('after %s the request is given back, as %s', async (code, why, least, most) => {
    for (const chance of [0, 0.99]) {
      const { record, invoke, postponed, counts, dead, will } = stage();
      will.ses = () => refused(code);
      will.chance = chance;
      expect(await invoke([record(request())])).toEqual(['m-1']);
      expect(postponed).toMatchObject([{ receiptHandle: 'handle-of-m-1' }]);
      expect(postponed[0]?.seconds).toBeGreaterThanOrEqual(least);
      expect(postponed[0]?.seconds).toBeLessThanOrEqual(most);
      expect(counts.counted).toEqual({ [`Waiting/${why}`]: 1 });
      expect(dead.letters).toEqual([]);
    }
  });

  test('takes longer with each receive', async () => {
    const { record, invoke, postponed, will } = stage();
    will.ses = () => refused('SesUnreachable');
    for (const receives of [1, 10, 100, 1000]) await invoke([record(request(), { receives })]);
    expect(postponed.map(({ seconds }) => seconds)).toEqual([3, 30, 300, 3000]);
  });

  test('never ends in the dead-letter queue for its number, and mails once the cause is gone', async () => {
    const { time, deliver, mails, will, dead, start } = stage();
    will.ses = () => (time.now() - start < 3 * 86_400_000 ? refused('QuotaExceeded') : undefined);
    expect(await deliver(request(), 1000)).toBe('acknowledged');
    expect(dead.letters).toEqual([]);
    expect(time.now() - start).toBeGreaterThan(3 * 86_400_000);
    expect(mails.length).toBeLessThan(150);
  });

  test('ends in the dead-letter queue with its code before SQS deletes the message', async () => {
    const { time, start, deliver, dead, counts, will } = stage();
    will.ses = () => refused('SendingPaused');
    expect(await deliver(request(), 1000)).toBe('acknowledged');
    expect(dead.letters).toMatchObject([{ code: 'SendingPaused', message: 'SES: SendingPaused' }]);
    expect(time.now() - start).toBeGreaterThan(13 * 86_400_000);
    expect(time.now() - start).toBeLessThan(14 * 86_400_000);
    expect(counts.counted).toMatchObject({ 'SendFailed/SendingPaused': 1 });
  });

  test('for the quota or a paused account asks SES once a minute, not for every mail', async () => {
    for (const code of ['QuotaExceeded', 'SendingPaused'] as const) {
      const { time, batch, record, invoke, mails, postponed, counts, will } = stage();
      will.ses = () => refused(code);
      expect(await invoke(batch(many(10)))).toHaveLength(10);
      const asked = mails.length;
      expect(asked).toBeLessThan(7);
      expect(await invoke(batch(many(10)))).toHaveLength(10);
      expect(mails).toHaveLength(asked);
      expect(postponed).toHaveLength(20);
      expect(counts.counted).toEqual({ [code === 'QuotaExceeded' ? 'Waiting/quota' : 'Waiting/paused']: 20 });
      await time.run(time.now() + 61_000);
      will.ses = () => undefined;
      expect(await invoke([record(request())])).toEqual([]);
    }
  });

  test('for the quota does so too where mails are begun long before their slots', async () => {
    const { batch, invoke, mails, sends, will } = stage({ lead: makeLead });
    will.ses = () => refused('QuotaExceeded');
    expect(await invoke(batch(many(10)))).toHaveLength(10);
    expect(mails.length).toBeLessThan(4);
    expect(sends.items).toEqual([]);
  });

  test('for a paused configuration set leaves the other ones alone', async () => {
    const { batch, record, invoke, mails, will } = stage();
    will.ses = ({ configurationSet }) => (configurationSet === 'other' ? refused('SendingPaused') : undefined);
    await invoke([record(request({ configurationSet: 'other' }))]);
    expect(await invoke(batch([request(), request({ configurationSet: 'other' })]))).toEqual(['m-2']);
    expect(mails.map(({ mail }) => mail.configurationSet)).toEqual(['other', 'main']);
  });

  test('for a daily quota that is reserved already happens without asking SES', async () => {
    const { batch, invoke, mails, postponed, counts } = stage({ state: { rate: 14, readAt: START, left: 3 } });
    const two = request({ to: ['pat@target.example', 'ann@target.example'] });
    expect(await invoke(batch([two, two, request()]))).toEqual(['m-2']);
    expect(mails.map(({ mail }) => mail.destinations.length)).toEqual([2, 1]);
    expect(postponed.map(({ seconds }) => seconds)).toEqual([2400]);
    expect(counts.counted).toMatchObject({ 'Waiting/quota': 1 });
  });

  test('of a mail that was late at its slot takes no more than another slot, however far ahead, and the list is asked again', async () => {
    const { time, start, store, record, invoke, mails, counts, ledger, will } = stage({
      state: { rate: 1, readAt: START },
    });
    let made = 0;
    will.probe = async (point) => {
      if (point !== 'compose before') return;
      made += 1;
      if (made > 1) return;
      await time.sleep(500);
      await store.claim({ recipients: 9, span: 9e6, from: { add: [0, Number.MAX_SAFE_INTEGER] } });
      await suppress(ledger, 'ann@target.example');
    };
    expect(await invoke([record(request({ to: ['pat@target.example', 'ann@target.example'] }))])).toEqual([]);
    expect(mails.map(({ mail }) => mail.destinations)).toEqual([['pat@target.example']]);
    expect(mails[0]?.at).toBeGreaterThan(9000);
    expect(time.now() - start).toBeLessThan(13_000);
    expect(counts.counted).toEqual({ 'Recipients/sent': 1, 'Recipients/suppressed': 1 });
  });

  test('of a mail that is late again and again is short, after three rounds that mail nobody and keep no key', async () => {
    const { time, store, record, invoke, mails, sends, postponed, will } = stage({ state: { rate: 1, readAt: START } });
    let made = 0;
    will.probe = async (point) => {
      if (point !== 'compose before') return;
      made += 1;
      await time.sleep(5000);
      await store.claim({ recipients: 9, span: 9e6, from: { add: [0, Number.MAX_SAFE_INTEGER] } });
    };
    expect(await invoke([record(request())])).toEqual(['m-1']);
    expect([mails.length, made]).toEqual([0, 3]);
    expect(sends.items).toHaveLength(0);
    expect(postponed.map(({ seconds }) => seconds)).toEqual([3]);
    will.probe = () => {};
    expect(await invoke([record(request(), { receives: 2 })])).toEqual([]);
    expect(mails).toHaveLength(1);
  });

  test('of a mail that is past its slot before it is begun is not made at all', async () => {
    const { time, record, invoke, mails, will } = stage({ state: { rate: 1, readAt: START } });
    const made: number[] = [];
    let claims = 0;
    will.probe = async (point) => {
      if (point === 'limiter.claim after') {
        claims += 1;
        if (claims === 1) await time.sleep(4000);
      }
      if (point === 'compose before') made.push(time.now());
    };
    expect(await invoke([record(request())])).toEqual([]);
    expect([mails.length, made.length, claims]).toEqual([1, 1, 2]);
  });

  test('goes on where a message cannot be postponed', async () => {
    const { record, invoke, log, will } = stage();
    will.ses = () => refused('SesUnreachable');
    will.probe = (point) => {
      if (point === 'postpone before') throw new Error('AccessDenied');
    };
    expect(await invoke([record(request())])).toEqual(['m-1']);
    expect(log.text).toContain('AccessDenied');
  });

  test('slows everybody down after SES has throttled, and the reserved mails of the batch too', async () => {
    const { store, batch, invoke, mails, will, counts } = stage();
    will.ses = () => (mails.length === 1 ? refused('RateExceeded') : undefined);
    const failed = await invoke(batch(many(20)));
    expect((await store.read()).slowdown).toMatchObject({ share: 0.75 });
    expect(failed).toContain('m-1');
    expect(failed.length).toBeGreaterThan(3);
    expect(failed.length).toBeLessThan(8);
    expect(counts.counted).toEqual({ 'Recipients/sent': 20 - failed.length, 'Waiting/rate': failed.length });
  });
});

test('no address and no word of SES about one is in a log line', async () => {
  for (const code of ['MessageRejected', 'QuotaExceeded', 'OutcomeUnknown'] as const) {
    const { batch, invoke, log, will, ledger } = stage();
    await suppress(ledger, 'ann@target.example');
    will.ses = () => {
      const failure = refused(code);
      return { ...failure, error: { ...failure.error, message: 'SES: not verified: pat@target.example' } };
    };
    await invoke(
      batch([request(), request({ to: ['ann@target.example'] }), request({ to: ['@'] }), 'pat@target.example']),
    );
    expect(log.lines.length).toBeGreaterThan(0);
    expect(log.text).not.toContain('target.example');
  }
});
