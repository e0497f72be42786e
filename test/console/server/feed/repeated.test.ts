import { repeated } from '../../../../console/server/feed/repeated.ts';
import { FakeClock } from './fake-clock.ts';

const start = (clock: FakeClock, work: () => Promise<number>) => repeated({ work, now: clock.now, sleep: clock.sleep });

describe('Work that is repeated', () => {
  test('is done at once, then after each wait, until it is ended', async () => {
    const clock = new FakeClock(0);
    const times: number[] = [];
    const begin = start(clock, async () => {
      times.push(clock.now());
      return times.length * 1000;
    });
    await clock.pass(5000);
    expect(times).toEqual([]);
    const end = begin();
    await clock.pass(3500);
    expect(times).toEqual([5000, 6000, 8000]);
    end();
    await clock.pass(60_000);
    expect([times.length, clock.sleeping]).toEqual([3, 0]);
  });

  test('is done no more often by those who come and go', async () => {
    const clock = new FakeClock(0);
    const times: number[] = [];
    const begin = start(clock, async () => {
      times.push(clock.now());
      return 5000;
    });
    for (let i = 0; i < 19; i += 1) {
      const end = begin();
      await clock.pass(500);
      end();
    }
    expect(times).toEqual([0, 5000]);
  });

  test('never runs twice at the same time, and a turn under way comes to its end', async () => {
    const clock = new FakeClock(0);
    let running = 0;
    let most = 0;
    let done = 0;
    const begin = start(clock, async () => {
      running += 1;
      most = Math.max(most, running);
      await clock.sleep(3000, new AbortController().signal);
      running -= 1;
      done += 1;
      return 1000;
    });
    begin()();
    const ends = [begin(), begin()];
    await clock.pass(2000);
    for (const end of ends) end();
    const end = begin();
    await clock.pass(1000);
    expect([most, done]).toEqual([1, 1]);
    await clock.pass(4000);
    expect([most, done]).toEqual([1, 2]);
    end();
  });

  test('waits no longer where the clock is set back', async () => {
    const clock = new FakeClock(1_000_000);
    let times = 0;
    const begin = start(clock, async () => {
      times += 1;
      return 5000;
    });
    const first = begin();
    await clock.pass(0);
    first();
    clock.set(0);
    const second = begin();
    await clock.pass(4999);
    expect(times).toBe(1);
    await clock.pass(5001);
    second();
    expect(times).toBe(3);
  });
});
