import { HOUR } from '../../../core/instant.ts';
import { RecordTooLarge } from '../../../core/messages/record-too-large.ts';
import { sendFailure } from '../../../core/send/failure.ts';
import { crashingAt, type Ended, failingAt, type Probe, pointsOf, RUNS_MS, type SesMood, World } from './once-world.ts';

const REMEDY = sendFailure('QuotaExceeded', '').remedy;

/** What an invocation came to, in a word. */
const word = (ended: Ended): string => {
  if (ended === 'crashed') return ended;
  if (!ended.ok) return ended.error.code;
  return ended.value.duplicate ? 'duplicate' : ended.value.status;
};

/** What may be told instead of an answer: a message that cannot be built among it, which is what a faulty composer is. */
const CODES = ['InProgress', 'OutcomeUnknown', 'ListUnavailable', 'QuotaExceeded', 'InvalidRequest'];

/** Every answer tells the truth about the one mail there is. */
const expectTrue = (world: World, ended: Ended): void => {
  expect(world.accepted.length).toBeLessThanOrEqual(1);
  if (ended === 'crashed') return;
  if (ended.ok && ended.value.status !== 'suppressed')
    expect(ended.value.messageId).toBe(world.accepted[0]?.messageId ?? 'no mail was sent');
  if (!ended.ok) expect(CODES).toContain(ended.error.code);
};

/** Asks while the first invocation may be running, when it no longer can be, and when SES has reported. */
const askLater = async (world: World): Promise<string> => {
  const asked: string[] = [];
  const ask = async () => {
    const ended = await world.invoke();
    expectTrue(world, ended);
    asked.push(word(ended));
  };
  world.ses = 'accepts';
  await ask();
  world.now += RUNS_MS + 5000;
  await ask();
  await world.report();
  await ask();
  if (world.accepted.length === 1) expect(asked.at(-1)).toBe('duplicate');
  return asked.join(', ');
};

const MOODS: readonly SesMood[] = ['accepts', 'loses-answer', 'loses-request', 'QuotaExceeded'];

const worldWhere = (ses: SesMood): World => {
  const world = new World();
  world.ses = ses;
  return world;
};

const BEFORE_BEGIN = [
  'before sends.read',
  'before ledger.standings',
  'after sends.read',
  'after ledger.standings',
  'before compose',
  'after compose',
  'before sends.begin',
];

describe('an invocation that dies', () => {
  const lives = async (ses: SesMood): Promise<Record<string, string>> => {
    const points = await pointsOf((probe) => worldWhere(ses).invoke({}, probe));
    const told: Record<string, string> = {};
    for (const [n, point] of points.entries()) {
      const world = worldWhere(ses);
      expect(await crashingAt(n, (probe) => world.invoke({}, probe))).toBe('crashed');
      told[point] = await askLater(world);
    }
    return told;
  };
  const never = 'InProgress, OutcomeUnknown, OutcomeUnknown';
  const settled = 'InProgress, OutcomeUnknown, duplicate';
  const begun = { 'after sends.begin': never, 'before mailer.send': never };
  const free = Object.fromEntries(BEFORE_BEGIN.map((point) => [point, 'sent, duplicate, duplicate']));

  test('while SES accepts: nobody is mailed twice, and everybody is told', async () => {
    expect(await lives('accepts')).toEqual({
      ...free,
      ...begun,
      'after mailer.send': settled,
      'before sends.advance': settled,
      'before messageIds.remember': 'duplicate, duplicate, duplicate',
      'after sends.advance': 'duplicate, duplicate, duplicate',
      'after messageIds.remember': 'duplicate, duplicate, duplicate',
    });
  });

  test('while the answer of SES is lost', async () => {
    expect(await lives('loses-answer')).toEqual({
      ...free,
      ...begun,
      'after mailer.send': settled,
      'before sends.advance': settled,
      'after sends.advance': 'OutcomeUnknown, OutcomeUnknown, duplicate',
    });
  });

  test('while the request to SES is lost, which looks the same from here', async () => {
    expect(await lives('loses-request')).toEqual({
      ...free,
      ...begun,
      'before sends.advance': never,
      'after sends.advance': 'OutcomeUnknown, OutcomeUnknown, OutcomeUnknown',
    });
  });

  test('while SES refuses: the key is free again once that is written down', async () => {
    expect(await lives('QuotaExceeded')).toEqual({
      ...free,
      ...begun,
      'before sends.release': never,
      'after sends.release': 'sent, duplicate, duplicate',
    });
  });

  test('while nobody may be mailed and the answer is to be kept', async () => {
    const keep = { keepAnswers: true };
    const suppressed = { status: 'suppressed', reason: 'hard-bounce', since: 1 } as const;
    const first = new World();
    first.list(suppressed);
    const points = await pointsOf((probe) => first.invoke({}, probe, keep));
    expect(points.at(-1)).toBe('after sends.begin');
    expect(await first.record()).toMatchObject({ progress: { state: 'withheld' }, draft: { status: 'suppressed' } });
    for (const n of points.keys()) {
      const world = new World();
      world.list(suppressed);
      expect(await crashingAt(n, (probe) => world.invoke({}, probe, keep))).toBe('crashed');
      expect(word(await world.invoke({}, undefined, keep))).toBe('suppressed');
      world.list({ status: 'watched' });
      expect(await askLater(world)).toBe('sent, duplicate, duplicate');
    }
  });

  test('twice in a row, at any two points: still at most one mail and an answer for everybody', async () => {
    const points = await pointsOf((probe) => worldWhere('accepts').invoke({}, probe));
    for (const n of points.keys())
      for (const m of points.keys()) {
        const world = worldWhere('accepts');
        await crashingAt(n, (probe) => world.invoke({}, probe));
        expectTrue(world, await crashingAt(m, (probe) => world.invoke({}, probe)));
        await askLater(world);
      }
  });
});

describe('a fault, before or after an operation took place', () => {
  test.each(MOODS)('at any point, while SES %s', async (ses) => {
    const points = await pointsOf((probe) => worldWhere(ses).invoke({}, probe));
    for (const [n, point] of points.entries()) {
      const world = worldWhere(ses);
      const ended = await world.invoke({}, failingAt(n));
      expectTrue(world, ended);
      const mailed = world.accepted.length;
      if (ended.ok) expect(mailed).toBe(1);
      const later = await askLater(world);
      // of what went wrong before SES was asked nothing is left
      if (n < points.indexOf('before mailer.send'))
        expect({ point, mailed, later }).toEqual({ point, mailed: 0, later: 'sent, duplicate, duplicate' });
    }
  });

  test('in writing down that SES accepted: the caller is told the truth, and feedback or the next ask settles it', async () => {
    const points = await pointsOf((probe) => worldWhere('accepts').invoke({}, probe));
    const world = worldWhere('accepts');
    const ended = await world.invoke({}, failingAt(points.indexOf('before sends.advance')));
    expect(ended).toMatchObject({ ok: true, value: { status: 'sent', messageId: '0100-1', duplicate: false } });
    expect(world.logged).toEqual(['an accepted send could not be recorded']);
    expect(await askLater(world)).toBe('InProgress, OutcomeUnknown, duplicate');
  });

  test('that passes, in freeing the key: it is freed the second time, and the request may be sent again', async () => {
    const world = worldWhere('QuotaExceeded');
    let releases = 0;
    const ended = await world.invoke({}, (point) => {
      if (point === 'before sends.release' && ++releases === 1) throw new Error('the table is out');
    });
    expect(ended).toMatchObject({ ok: false, error: { code: 'QuotaExceeded', remedy: REMEDY } });
    expect(releases).toBe(2);
    expect(await askLater(world)).toBe('sent, duplicate, duplicate');
  });

  test('that lasts, in freeing the key, does not hide why SES refused, and what it means is told', async () => {
    const world = worldWhere('QuotaExceeded');
    const ended = await world.invoke({}, (point) => {
      if (point === 'before sends.release') throw new Error('the table is out');
    });
    const remedy = `${REMEDY} If this key says OutcomeUnknown later, it is about this request, of which nothing was sent: a new key mails once.`;
    expect(ended).toMatchObject({ ok: false, error: { code: 'QuotaExceeded', remedy } });
    expect(world.logged).toEqual(Array(2).fill('the key of a request that was not sent could not be freed'));
    expect(await askLater(world)).toBe('InProgress, OutcomeUnknown, OutcomeUnknown');
  });

  test('in remembering a Message-ID changes nothing', async () => {
    const points = await pointsOf((probe) => worldWhere('accepts').invoke({}, probe));
    const world = worldWhere('accepts');
    expect(word(await world.invoke({}, failingAt(points.indexOf('before messageIds.remember'))))).toBe('sent');
    expect(world.logged).toEqual(['a Message-ID could not be remembered']);
  });

  test('that lasts, in the write that begins and in the one that takes it back: not sent, and never silence', async () => {
    const world = worldWhere('accepts');
    const ended = await world.invoke({}, (point) => {
      if (point === 'after sends.begin' || point === 'before sends.release') throw new Error('the table is out');
    });
    expect(ended).toMatchObject({
      ok: false,
      error: {
        code: 'ListUnavailable',
        retryable: true,
        message: 'the record of sends could not be written: the table is out',
        remedy: expect.stringContaining('of which nothing was sent: a new key mails once'),
      },
    });
    expect(await askLater(world)).toBe('InProgress, OutcomeUnknown, OutcomeUnknown');
    expect(world.accepted).toEqual([]);
  });

  test('that is over when the record is taken back a second time leaves the key free', async () => {
    const world = worldWhere('accepts');
    let releases = 0;
    const ended = await world.invoke({}, (point) => {
      if (point === 'before sends.release') releases += 1;
      if (point === 'after sends.begin' || (point === 'before sends.release' && releases === 1)) throw new Error('out');
    });
    expect(ended).toMatchObject({
      ok: false,
      error: { code: 'ListUnavailable', remedy: 'Nothing was sent; send again with the same key.' },
    });
    expect(releases).toBe(2);
    expect(await askLater(world)).toBe('sent, duplicate, duplicate');
  });

  test.each([
    ['sends.read', 'the record of sends could not be read: the table is out'],
    ['sends.begin', 'the record of sends could not be written: the table is out'],
  ])('in %s sends nothing, whatever the policy is', async (operation, message) => {
    const world = worldWhere('accepts');
    const probe: Probe = (point) => {
      if (point === `before ${operation}`) throw new Error('the table is out');
    };
    const ended = await world.invoke({}, probe, { policy: { whenListUnavailable: 'send' } });
    expect(ended).toMatchObject({ ok: false, error: { code: 'ListUnavailable', retryable: true, message } });
    expect(world.accepted).toEqual([]);
  });
});

test('a write that the client repeated, and that was lost to itself, is known for one’s own', async () => {
  const world = worldWhere('accepts');
  const begin = world.sends.begin.bind(world.sends);
  world.sends.begin = async (record, over) => {
    await begin(record, over);
    return begin(record, over);
  };
  expect(word(await world.invoke())).toBe('sent');
  expect(word(await world.invoke())).toBe('duplicate');
});

test('a record that was lost to itself, and then cannot be read, is taken back', async () => {
  const world = worldWhere('accepts');
  const { begin, read } = world.sends;
  world.sends.begin = async (record, over) => {
    await begin.call(world.sends, record, over);
    world.sends.read = () => Promise.reject(new Error('the table is out'));
    return 'lost';
  };
  expect(word(await world.invoke())).toBe('ListUnavailable');
  Object.assign(world.sends, { begin, read });
  expect(await askLater(world)).toBe('sent, duplicate, duplicate');
});

test('a record that its table cannot hold: not sent, and not to be sent again as it is', async () => {
  const world = worldWhere('accepts');
  world.sends.begin = () => Promise.reject(new RecordTooLarge('Item size has exceeded the maximum allowed size'));
  expect(await world.invoke()).toMatchObject({
    ok: false,
    error: { code: 'TooLarge', retryable: false, remedy: expect.stringContaining('leave idempotencyKey out') },
  });
  expect([world.accepted, world.logged]).toEqual([[], []]);
});

describe('two invocations at once', () => {
  /** A probe that waits at its nth point. */
  const gateAt = (n: number) => {
    let met = 0;
    let open = () => {};
    let arrived = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const probe: Probe = () => {
      met += 1;
      if (met - 1 !== n) return undefined;
      arrived();
      return opened;
    };
    return { probe, open: () => open(), reached };
  };

  test.each(MOODS)('one waits at any point while the other comes to any point, and SES %s', async (ses) => {
    const points = await pointsOf((probe) => worldWhere(ses).invoke({}, probe));
    const seen = new Set<string>();
    for (const n of points.keys())
      for (const m of points.keys()) {
        const world = worldWhere(ses);
        const [first, second] = [gateAt(n), gateAt(m)];
        const one = world.invoke({}, first.probe);
        await first.reached;
        const other = world.invoke({}, second.probe);
        await Promise.race([second.reached, other]);
        first.open();
        const endedFirst = await one;
        second.open();
        const endedSecond = await other;
        for (const ended of [endedFirst, endedSecond]) expectTrue(world, ended);
        seen.add(`${word(endedFirst)} and ${word(endedSecond)}`);
        await askLater(world);
      }
    const both: Record<string, string[]> = {
      accepts: ['sent and duplicate', 'sent and InProgress', 'duplicate and sent', 'InProgress and sent'],
      QuotaExceeded: [
        'QuotaExceeded and QuotaExceeded',
        'QuotaExceeded and InProgress',
        'InProgress and QuotaExceeded',
      ],
    };
    const unknown = [
      'OutcomeUnknown and OutcomeUnknown',
      'OutcomeUnknown and InProgress',
      'InProgress and OutcomeUnknown',
    ];
    expect([...seen].sort()).toEqual([...(both[ses] ?? unknown)].sort());
  });
});

describe('feedback that comes while the invocation is alive', () => {
  test.each(['accepts', 'loses-answer'] as const)('is taken at any point, while SES %s', async (ses) => {
    const points = await pointsOf((probe) => worldWhere(ses).invoke({}, probe));
    for (const n of points.keys()) {
      const world = worldWhere(ses);
      let met = 0;
      const ended = await world.invoke({}, async () => {
        met += 1;
        if (met - 1 === n) await world.report();
      });
      expect(word(ended)).toBe(ses === 'accepts' ? 'sent' : 'OutcomeUnknown');
      await world.report();
      expect(await world.record()).toMatchObject({ progress: { state: 'answered', messageId: '0100-1' } });
      expect(world.logged).toEqual([]);
      world.now += HOUR;
      expect(word(await world.invoke())).toBe('duplicate');
    }
  });
});
