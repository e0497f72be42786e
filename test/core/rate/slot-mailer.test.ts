import { makeLead } from '../../../core/rate/lead.ts';
import type { Limiter } from '../../../core/rate/limiter.ts';
import { slotMailer } from '../../../core/rate/slot-mailer.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import { type SendCode, type SendFailure, sendFailure } from '../../../core/send/failure.ts';
import type { Accepted, OutgoingMail } from '../../../core/send/mailer.ts';
import { VirtualTime } from './virtual-time.ts';

const MAIL: OutgoingMail = {
  kind: 'raw',
  source: 'a@ledger.example',
  destinations: ['pat@target.example', 'sam@target.example'],
  raw: new Uint8Array(),
  tags: {},
  configurationSet: 'main',
};
const ACCEPTED = ok({ messageId: '0100-1', messageIdHeader: '<0100-1@email.amazonses.com>' });
const refused = (code: SendCode) => fail(sendFailure(code, 'SES: no'));

const world = (answer: Result<Accepted, SendFailure> = ACCEPTED) => {
  const time = new VirtualTime();
  const start = time.now();
  const calls: { readonly at: number; readonly deadline: number }[] = [];
  const asked: { readonly counts: readonly number[]; readonly until: number }[] = [];
  const told = { throttled: 0 };
  const free: (number | Error)[] = [];
  const limiter: Limiter = {
    reserve: async (counts, until) => {
      asked.push({ counts, until: until - time.now() });
      const slot = free.shift();
      if (slot instanceof Error) throw slot;
      return { slots: [slot], share: 1, lacking: [] };
    },
    goes: async () => true,
    throttled: async () => {
      told.throttled += 1;
    },
  };
  const mailer = {
    send: async (_mail: OutgoingMail, deadline: number) => {
      calls.push({ at: time.now() - start, deadline: deadline - start });
      return answer;
    },
  };
  const took: number[] = [];
  const lead = { millis: () => 250, took: (ms: number) => void took.push(ms) };
  const send = (slot: number, ms = 30_000) =>
    time.during(
      slotMailer({ at: start + slot, leadMs: 250 }, { mailer, limiter, lead, ...time }).send(MAIL, start + ms),
    );
  return { time, start, calls, asked, free, told, took, send, limiter, mailer, lead };
};

test('hands the mail over at its slot, with no time for a second try', async () => {
  const { send, calls } = world();
  await expect(send(1234.5)).resolves.toEqual(ACCEPTED);
  expect(calls).toHaveLength(1);
  expect(calls[0]?.at).toBeGreaterThanOrEqual(1234.5);
  expect(calls[0]?.at).toBeLessThan(1236);
  expect(calls[0]?.deadline).toBe(1254.5);
});

test('waits on where a timer rings early', async () => {
  const { time, start, calls } = world();
  const early = { now: time.now, sleep: (ms: number) => time.sleep(ms - 1 > 0 ? ms - 1 : 0.5) };
  const limiter = { reserve: jest.fn(), goes: jest.fn(), throttled: jest.fn() };
  const mailer = {
    send: async () => {
      calls.push({ at: time.now() - start, deadline: 0 });
      return ACCEPTED;
    },
  };
  await time.during(
    slotMailer({ at: start + 100, leadMs: 250 }, { mailer, limiter, lead: makeLead(), ...early }).send(
      MAIL,
      start + 30_000,
    ),
  );
  expect(calls[0]?.at).toBeGreaterThanOrEqual(100);
  expect(limiter.reserve).not.toHaveBeenCalled();
});

test('a mail that is late takes a new slot for all its recipients, if there is one within a second', async () => {
  const { start, send, calls, asked, free } = world();
  free.push(start + 700);
  await expect(send(-21)).resolves.toEqual(ACCEPTED);
  expect(asked).toEqual([{ counts: [2], until: 1000 }]);
  expect(calls.map(({ at }) => at)).toEqual([700]);
});

test('a mail that is late but a little goes at once', async () => {
  const { send, calls, asked } = world();
  await send(-20);
  expect(calls).toHaveLength(1);
  expect(asked).toEqual([]);
});

test('tells how long the mail took until it was ready, and by how much it was late', async () => {
  for (const [slot, took] of [
    [1000, -750],
    [-20, 250],
    [-500, 750],
  ] as const) {
    const world_ = world();
    await world_.send(slot);
    expect(world_.took).toEqual([took]);
  }
});

test('says whether the mail missed its slots, which SES refusing it is not', async () => {
  for (const [slot, answer, missed] of [
    [0, ACCEPTED, false],
    [0, refused('RateExceeded'), false],
    [-500, ACCEPTED, true],
  ] as const) {
    const { time, start, limiter, mailer, lead } = world(answer);
    const slotted = slotMailer({ at: start + slot, leadMs: 250 }, { mailer, limiter, lead, ...time });
    await time.during(slotted.send(MAIL, start + 30_000));
    expect(slotted.missed()).toBe(missed);
  }
});

test('takes a fault at SES for an unknown outcome', async () => {
  const { time, start, limiter, lead } = world();
  const mailer = {
    send: () => {
      throw new Error('a fault');
    },
  };
  const sent = slotMailer({ at: start, leadMs: 250 }, { mailer, limiter, lead, ...time }).send(MAIL, start + 30_000);
  await expect(time.during(sent)).resolves.toMatchObject({ ok: false, error: { code: 'OutcomeUnknown' } });
});

test('reserves nothing beyond the end of the invocation', async () => {
  const { send, asked } = world();
  await send(-100, 300);
  expect(asked).toEqual([{ counts: [2], until: 300 }]);
});

test.each([
  ['there is none', []],
  ['it cannot be reserved', [new Error('throttled')]],
])('a mail that is late fails with RateExceeded if %s, and SES is not asked', async (_why, slots) => {
  const { send, calls, free, told } = world();
  free.push(...slots);
  await expect(send(-500)).resolves.toMatchObject({ ok: false, error: { code: 'RateExceeded', retryable: true } });
  expect(calls).toEqual([]);
  expect(told.throttled).toBe(0);
});

test('gives up on a mail that is late again and again', async () => {
  const { start, send, calls, asked, free } = world();
  free.push(...Array.from({ length: 10 }, () => start - 100));
  await expect(send(-500)).resolves.toMatchObject({ ok: false, error: { code: 'RateExceeded' } });
  expect(calls).toEqual([]);
  expect(asked.length).toBeLessThanOrEqual(3);
});

test('has every sender slow down when SES throttles, and only then', async () => {
  for (const code of ['RateExceeded', 'QuotaExceeded', 'OutcomeUnknown', 'SesUnreachable'] as const) {
    const { send, told } = world(refused(code));
    await expect(send(0)).resolves.toEqual(refused(code));
    expect([code, told.throttled]).toEqual([code, code === 'RateExceeded' ? 1 : 0]);
  }
});
