import type { BreakerState } from '../../../core/breaker/breaker-state.ts';
import { BreakerStateUnreadable } from '../../../core/breaker/breaker-store.ts';
import { pauseByCommand, resumeByCommand, SwitchNotRemembered } from '../../../core/breaker/by-command.ts';
import { BreakerOvertaken, runBreaker } from '../../../core/breaker/run-breaker.ts';
import { LIMITS, NOW, pauseOf, readings, SET, stateOf } from './samples.ts';

/** One configuration set, its remembered state, and a writer who may be first. */
const stage = (state: BreakerState | undefined, isSending: boolean, rates = readings(0)) => {
  let held = state;
  let lost = 0;
  const written: BreakerState[] = [];
  const published: string[] = [];
  const logged: unknown[][] = [];
  const log = (...all: unknown[]): void => void logged.push(all);
  const store = {
    read: async () => (held === undefined ? undefined : { state: held, version: 'v1' }),
    write: async (_of: unknown, next: BreakerState) => {
      if (lost > 0) {
        lost -= 1;
        return undefined;
      }
      written.push(next);
      held = next;
      return 'v2';
    },
  };
  let sends = isSending;
  const sending = {
    isEnabled: async () => sends,
    set: async (enabled: boolean) => {
      sends = enabled;
    },
  };
  return {
    written,
    published,
    logged,
    sends: () => sends,
    lose: (writes: number) => {
      lost = writes;
    },
    run: () =>
      runBreaker({
        pausable: SET,
        sending,
        rates: { read: async () => rates },
        store,
        notices: { publish: async ({ subject }) => void published.push(subject) },
        limits: LIMITS,
        options: '--stack Suppressor',
        counts: { add: () => undefined, flush: () => undefined },
        log: { info: log, warn: log, error: log },
        now: () => NOW,
      }),
    by: { pausable: SET, sending, store, operator: '', note: undefined, now: NOW },
  };
};

const UNTOLD = stateOf({ phase: 'paused', pause: pauseOf({ at: NOW - 1000 }) });

test('a run that loses the claim to tell of a pause tells nobody', async () => {
  const { run, lose, published } = stage(UNTOLD, false);
  lose(1);
  expect(await run()).toBe('busy');
  expect(published).toEqual([]);
  expect(await run()).toBe('told');
  expect(published).toHaveLength(1);
});

test('a run that loses the race to remember who switched leaves it to the next', async () => {
  const { run, lose, logged } = stage(stateOf(), false);
  lose(1);
  expect(await run()).toBe('busy');
  expect(logged).toEqual([['sending was switched by somebody else', { pausable: SET, isSending: false }]]);
  expect(await run()).toBe('noticed');
});

test('every run logs what it read and judged by', async () => {
  const given = readings(100, { bounces: 10 });
  const { run, logged } = stage(stateOf({ disarmed: ['bounces'] }), true, given);
  expect(await run()).toBe('kept');
  expect(logged).toEqual([
    ['rates', { ...given, since: NOW - 24 * 3_600_000, disarmed: ['bounces'], belowMinimum: true }],
  ]);
});

test('a rate that has recovered is armed again, and what was last is still known; nothing to change is not written', async () => {
  const pause = pauseOf({ at: NOW - 9e8, toldAt: NOW - 9e8 });
  const recovered = stage(stateOf({ pause, disarmed: ['bounces'] }), true, readings(100, {}, { bounces: 0.001 }));
  await recovered.run();
  expect(recovered.written).toStrictEqual([{ phase: 'running', pause, disarmed: [] }]);
  const never = stage(stateOf({ disarmed: ['bounces'] }), true, readings(100, {}, { bounces: 0.001 }));
  await never.run();
  expect(never.written).toStrictEqual([{ phase: 'running', disarmed: [] }]);
  const same = stage(stateOf({ pause }), true);
  await same.run();
  expect(same.written).toEqual([]);
});

test('a decision to pause whose run died, and that has no cause any more, is dropped', async () => {
  const { run, written } = stage(
    stateOf({ phase: 'pausing', pause: pauseOf({ at: NOW - 9e8, claimedAt: NOW - 9e8 }) }),
    true,
  );
  expect(await run()).toBe('kept');
  expect(written).toStrictEqual([{ phase: 'running', disarmed: [] }]);
});

describe('by command', () => {
  test('a pause tells who and why only where that is known', async () => {
    const nobody = stage(undefined, true);
    expect(await pauseByCommand(nobody.by)).toStrictEqual({
      changed: true,
      pause: { at: NOW, by: 'command', toldAt: NOW },
    });
    expect(nobody.written).toStrictEqual([
      { phase: 'paused', disarmed: [], pause: { at: NOW, by: 'command', toldAt: NOW } },
    ]);
    const sam = stage(undefined, true);
    const said = await pauseByCommand({ ...sam.by, operator: 'sam', note: 'wrong list' });
    expect(said.pause).toStrictEqual({ at: NOW, by: 'command', operator: 'sam', note: 'wrong list', toldAt: NOW });
    expect(sam.sends()).toBe(false);
  });

  test('a resumption ends the pause that was, and none where none was', async () => {
    const paused = stage(UNTOLD, false);
    expect(await resumeByCommand(paused.by)).toStrictEqual({
      changed: true,
      pause: UNTOLD.pause,
      resumption: { at: NOW, by: 'command' },
    });
    expect(paused.sends()).toBe(true);
    const running = stage(stateOf({ pause: pauseOf() }), true);
    expect(await resumeByCommand(running.by)).toStrictEqual({
      changed: false,
      pause: undefined,
      resumption: undefined,
    });
    const again = stage(stateOf({ resumption: { at: 5, by: 'command' } }), true);
    expect((await resumeByCommand(again.by)).resumption).toBeUndefined();
  });

  test('is tried five times against other writers', async () => {
    const lucky = stage(undefined, true);
    lucky.lose(4);
    expect((await pauseByCommand(lucky.by)).changed).toBe(true);
    const unlucky = stage(undefined, true);
    unlucky.lose(5);
    await expect(pauseByCommand(unlucky.by)).rejects.toThrow(SwitchNotRemembered);
    expect(unlucky.sends()).toBe(false);
  });
});

test('the errors are told apart by name and code', () => {
  for (const [error, name] of [
    [new BreakerOvertaken('x'), 'BreakerOvertaken'],
    [new SwitchNotRemembered('x'), 'SwitchNotRemembered'],
    [new BreakerStateUnreadable('x'), 'BreakerStateUnreadable'],
  ] as const)
    expect({ name: error.name, code: error.code }).toEqual({ name, code: name });
});
