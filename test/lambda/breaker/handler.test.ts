import fc from 'fast-check';
import { pauseByCommand, resumeByCommand } from '../../../core/breaker/by-command.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import { CAUSE, NOW, SET } from '../../core/breaker/samples.ts';
import { type Cut, stage } from './stage.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
/** Lambda waits so long before it repeats. */
const RETRY = MINUTE;

const byHand = ({ deps, world }: ReturnType<typeof stage>) => ({
  pausable: SET,
  sending: deps.sending,
  store: deps.store,
  operator: 'pat',
  note: 'ticket 812',
  now: world.now,
});

test('keeps sending on where mail is healthy, and writes nothing', async () => {
  const { run, mail, world, state, counts } = stage();
  mail(2000, 10);
  expect(await run()).toBe('kept');
  expect([world.sending, world.notices, await state(), counts.counted]).toEqual([true, [], undefined, {}]);
});

test('reads a day, up to now', async () => {
  const { run, world } = stage();
  await run();
  expect(world.asked).toEqual([[NOW - 24 * HOUR, NOW]]);
});

test('counts a bad rate of too little mail, and trips as soon as there is enough', async () => {
  const { run, mail, world, counts } = stage();
  mail(500, 100);
  expect(await run()).toBe('kept');
  world.now += QUARTER;
  mail(400, 0);
  expect(await run()).toBe('tripped');
  expect(counts.counted).toEqual({ 'Breaker/below-minimum': 1, 'Breaker/tripped': 1 });
});

test('pauses once, tells once and then rests, however often it is invoked', async () => {
  const { run, mail, world, state } = stage();
  mail(1000, 100);
  expect(await run()).toBe('tripped');
  for (let i = 1; i < DAY / QUARTER; i += 1) {
    world.now += QUARTER;
    expect(await run()).toBe('paused');
  }
  expect([world.sending, world.pauses, world.notices.length]).toEqual([false, 1, 1]);
  expect(await state()).toMatchObject({ phase: 'paused', pause: { by: 'breaker', at: NOW, toldAt: NOW } });
});

test('two runs at a time pause and tell once', async () => {
  const { run, mail, world } = stage();
  mail(1000, 100);
  const runs = await Promise.all([run(), run(), run()]);
  expect(runs.sort()).toEqual(['busy', 'busy', 'tripped']);
  expect([world.pauses, world.notices.length]).toEqual([1, 1]);
});

describe('whichever call is cut short', () => {
  test('a trip has eight calls', async () => {
    const { mail, runCut, calls } = stage();
    mail(1000, 100);
    expect(await runCut(0, 'before')).toBe('tripped');
    expect(calls()).toBe(8);
  });

  test.each(
    Array.from({ length: 8 }, (_, i) => i + 1).flatMap((n) => [
      [n, 'before'] as [number, Cut],
      [n, 'after'] as [number, Cut],
    ]),
  )('call %d, %s it was done: the next run ends what was begun, and it is told', async (n, how) => {
    const { runCut, run, mail, world, state } = stage();
    mail(1000, 100);
    expect(await runCut(n, how)).toBeNull();
    world.now += RETRY;
    const next = await run();
    expect(['tripped', 'told', 'paused']).toContain(next);
    world.now += QUARTER;
    expect(await run()).toBe('paused');
    expect(world.sending).toBe(false);
    expect(await state()).toMatchObject({ phase: 'paused', pause: { by: 'breaker', toldAt: expect.any(Number) } });
    // only where it was published, and nobody could remember that, it is told twice
    const twice = (n === 7 && how === 'after') || (n === 8 && how === 'before');
    expect(world.notices).toHaveLength(twice ? 2 : 1);
    for (const { text } of world.notices) expect(text).toContain('100 of 1100 mails bounced for good');
  });

  test('a second cut at any call of the retry loses nothing either', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom<Cut>('before', 'after')), { maxLength: 6 }),
        async (cuts) => {
          const { runCut, run, mail, world } = stage();
          mail(1000, 100);
          for (const [n, how] of cuts) {
            await runCut(n, how);
            world.now += RETRY;
          }
          await run();
          world.now += RETRY;
          expect(await run()).toBe('paused');
          expect(world.sending).toBe(false);
          expect(world.notices.length).toBeGreaterThanOrEqual(1);
          expect(world.notices.length).toBeLessThanOrEqual(1 + cuts.length);
          const told = world.notices.length;
          world.now += QUARTER;
          expect(await run()).toBe('paused');
          expect(world.notices).toHaveLength(told);
        },
      ),
    );
  });
});

test('a notice that cannot be published fails the run until it can', async () => {
  const { deps, run, mail, world } = stage();
  mail(1000, 100);
  const { publish } = deps.notices;
  let down = true;
  deps.notices.publish = (notice) => (down ? Promise.reject(new Error('SNS is down')) : publish(notice));
  for (let i = 0; i < 3; i += 1) {
    await expect(run()).rejects.toThrow('SNS is down');
    expect(world.sending).toBe(false);
    world.now += QUARTER;
  }
  down = false;
  expect(await run()).toBe('told');
  expect(world.notices).toHaveLength(1);
});

test('flushes what it counted where it fails, too', async () => {
  const { deps, run, mail, counts } = stage();
  mail(1000, 100);
  deps.notices.publish = () => Promise.reject(new Error('SNS is down'));
  await expect(run()).rejects.toThrow('SNS is down');
  expect(counts.counted).toEqual({ 'Breaker/tripped': 1 });
});

test('a run that decided and died is forgotten where there is no cause any more', async () => {
  const { runCut, run, mail, world, state } = stage();
  mail(1000, 100);
  expect(await runCut(5, 'before')).toBeNull();
  expect(await state()).toMatchObject({ phase: 'pausing' });
  world.traffic.length = 0;
  world.now += RETRY;
  expect(await run()).toBe('kept');
  expect(await state()).toEqual({ phase: 'running', disarmed: [] });
  expect([world.sending, world.notices]).toEqual([true, []]);
});

test('resumed by command while it pauses: it says that it failed, and tells of the pause later', async () => {
  const world = stage();
  const { deps, run, mail } = world;
  mail(1000, 100);
  const { set } = deps.sending;
  deps.sending.set = async (enabled) => {
    deps.sending.set = set;
    const known = await deps.store.read(SET);
    await deps.store.write(SET, { phase: 'running', disarmed: [] }, known?.version);
    await set(enabled);
  };
  await expect(run()).rejects.toThrow('changed what is remembered');
  expect(await run()).toBe('noticed');
  world.world.now += QUARTER;
  expect(await run()).toBe('told');
  expect(world.world.notices).toHaveLength(1);
});

describe('switched in the console', () => {
  test('a pause is told once, a quarter of an hour later, and a resumption counts anew', async () => {
    const { run, mail, world, state } = stage();
    world.sending = false;
    expect(await run()).toBe('noticed');
    expect(world.notices).toHaveLength(0);
    world.now += QUARTER;
    expect(await run()).toBe('told');
    world.now += QUARTER;
    expect(await run()).toBe('paused');
    expect(world.notices.map(({ subject }) => subject)).toEqual([
      'Sending is paused: not by the circuit breaker (mine)',
    ]);
    mail(1000, 100);
    world.sending = true;
    expect([await run(), await run()]).toEqual(['noticed', 'kept']);
    expect(await state()).toMatchObject({
      phase: 'running',
      resumption: { at: world.now, by: 'elsewhere' },
      disarmed: ['bounces', 'complaints'],
    });
  });

  test('what it paused itself and somebody resumed there does not trip again on the same mail', async () => {
    const { run, mail, world } = stage();
    mail(1000, 100);
    await run();
    world.now += QUARTER;
    world.sending = true;
    world.ses = { bounces: 0.09 };
    const runs = [await run(), await run()];
    world.now += QUARTER;
    expect([...runs, await run()]).toEqual(['noticed', 'kept', 'kept']);
  });
});

describe('by command', () => {
  test('a pause is left alone and told nobody else', async () => {
    const at = stage();
    await pauseByCommand(byHand(at));
    expect([await at.run(), at.world.notices]).toEqual(['paused', []]);
  });

  test('a pause is not forgotten: it is told again every day', async () => {
    const at = stage();
    const { run, world } = at;
    await pauseByCommand({ ...byHand(at), operator: 'pat', note: 'bad\nlist' });
    world.now += DAY - 1;
    expect(await run()).toBe('paused');
    world.now += 1;
    expect([await run(), await run()]).toEqual(['told', 'paused']);
    expect(world.notices.map(({ subject }) => subject)).toEqual(['Sending is still paused: by command (mine)']);
    expect(world.notices[0]?.text).toMatch(/^Sending with the configuration set mine was paused by command by pat/);
    expect(world.notices[0]?.text).toContain('\n\nWhy: bad list\n');
    expect(world.notices[0]?.text).toContain('waits 13 days and is lost then');
    world.now += DAY;
    expect(await at.runCut(4, 'before')).toBeNull();
    expect([await run(), world.notices.length]).toEqual(['busy', 1]);
    world.now += RETRY;
    expect([await run(), world.notices.length]).toEqual(['told', 2]);
  });

  test('complaints about the mailing of a week before the resumption do not trip it again', async () => {
    const at = stage();
    const { run, mail, world } = at;
    world.ses = { complaints: 0.002 };
    await pauseByCommand(byHand(at));
    await resumeByCommand(byHand(at));
    world.now += HOUR;
    mail(1500, 0);
    world.more = { events: { bounces: 0, complaints: 40 }, busiest: 100_000 };
    expect(await run()).toBe('kept');
    world.more = { events: { bounces: 0, complaints: 100 }, busiest: 100_000 };
    expect(await run()).toBe('tripped');
    expect(world.notices[0]?.text).toContain('100 complaints since');
  });

  test('resumed, the same mail does not trip it; new bad mail does, and SES must recover first', async () => {
    const at = stage();
    const { run, mail, world, state } = at;
    mail(1000, 100);
    await run();
    world.now += HOUR;
    world.ses = { bounces: 0.09 };
    expect(await resumeByCommand(byHand(at))).toMatchObject({ changed: true, pause: { cause: { events: 100 } } });
    world.now += 5 * MINUTE;
    expect(await run()).toBe('kept');
    mail(2000, 20);
    expect(await run()).toBe('kept');
    world.ses = { bounces: 0.02 };
    expect(await run()).toBe('kept');
    expect((await state())?.disarmed).toEqual(['complaints']);
    world.ses = { bounces: 0.05 };
    expect(await run()).toBe('tripped');
    expect(world.notices).toHaveLength(2);
  });
});

/** One step of a long story. */
type Step =
  | { readonly do: 'run' | 'resume' | 'console-off' | 'console-on' | 'pause' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'mail'; readonly delivered: number; readonly bounces: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>({ do: 'run' }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 600 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('mail' as const), delivered: fc.nat(1500), bounces: fc.nat(150) }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ do: 'resume' }, { do: 'pause' }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'console-off' }, { do: 'console-on' }) },
);

const act = async (at: ReturnType<typeof stage>, what: Step): Promise<void> => {
  const { world } = at;
  if (what.do === 'run') await at.run();
  else if (what.do === 'wait') world.now += what.minutes * MINUTE;
  else if (what.do === 'mail') at.mail(what.delivered, what.bounces);
  else if (what.do === 'resume') await resumeByCommand(byHand(at));
  else if (what.do === 'pause') await pauseByCommand(byHand(at));
  else world.sending = what.do === 'console-on';
};

test('whatever happened: once resumed, and seen by a run, nothing trips without new mail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (story, rate) => {
        const at = stage();
        at.world.ses = { bounces: rate, complaints: rate };
        for (const what of story) await act(at, what);
        at.world.sending = false;
        await at.run();
        await resumeByCommand(byHand(at));
        const { pauses } = at.world;
        for (let i = 0; i < 12; i += 1) {
          at.world.now += QUARTER;
          await at.run();
        }
        expect([at.world.sending, at.world.pauses]).toEqual([true, pauses]);
      },
    ),
    { numRuns: 200 },
  );
});

test('whatever happens, it only ever pauses, each time for a cause it tells once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (story) => {
      const at = stage();
      let tripped = 0;
      for (const what of story) {
        const { sending } = at.world;
        if (what.do !== 'run') await act(at, what);
        else {
          if ((await at.run()) === 'tripped') tripped += 1;
          if (!sending) expect(at.world.sending).toBe(false);
        }
      }
      const causes = at.world.notices.filter(({ subject }) => /^Sending is paused: .* rate /.test(subject));
      expect(causes).toHaveLength(tripped);
      expect(at.counts.counted['Breaker/tripped'] ?? 0).toBe(tripped);
    }),
    { numRuns: 200 },
  );
});

test('logs what it read and did', async () => {
  const { run, mail, log } = stage();
  mail(1000, 100);
  await run();
  expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
    ['info', 'rates'],
    ['error', 'sending paused'],
    ['info', 'circuit breaker'],
  ]);
  expect(log.lines[1]?.cause).toMatchObject({ kind: CAUSE.kind, events: 100 });
});
