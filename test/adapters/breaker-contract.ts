import type { BreakerStore } from '../../core/breaker/breaker-store.ts';
import { ACCOUNT, NOW, pauseOf, SET, stateOf } from '../core/breaker/samples.ts';

/**
 * What the port `BreakerStore` promises, whatever it is made of.
 *
 * @param make - makes two views of one new, empty store
 */
export const describeBreakerStore = (
  name: string,
  make: () => Promise<readonly [BreakerStore, BreakerStore]>,
): void => {
  describe(`${name}: the contract of the breaker's store`, () => {
    let store: BreakerStore;
    let rival: BreakerStore;
    beforeEach(async () => {
      [store, rival] = await make();
    });

    test('knows nothing at first', async () => {
      expect(await store.read(SET)).toBeUndefined();
    });

    test('gives back what was written, every part of it', async () => {
      const full = stateOf({
        phase: 'paused',
        pause: pauseOf({ operator: 'pat', note: 'täglich 😀', claimedAt: NOW, toldAt: NOW + 1 }),
        resumption: { at: NOW - 1, by: 'command', operator: 'sam', note: '"quoted"' },
        disarmed: ['complaints'],
      });
      const version = await store.write(SET, full, undefined);
      expect(await rival.read(SET)).toEqual({ state: full, version });
    });

    test('keeps each thing that can be paused for itself, also a configuration set of the same name', async () => {
      await store.write(SET, stateOf({ disarmed: ['bounces'] }), undefined);
      expect(await store.read(ACCOUNT)).toBeUndefined();
      expect(await store.read({ kind: 'configuration-set', name: 'other' })).toBeUndefined();
      expect(await store.write(ACCOUNT, stateOf(), undefined)).toBeDefined();
      expect((await store.read(SET))?.state.disarmed).toEqual(['bounces']);
    });

    test('makes a new one only where there is none', async () => {
      expect(await store.write(SET, stateOf(), undefined)).toBeDefined();
      expect(await rival.write(SET, stateOf({ disarmed: ['bounces'] }), undefined)).toBeUndefined();
      expect((await store.read(SET))?.state.disarmed).toEqual([]);
    });

    test('writes over nothing but what was read', async () => {
      const first = await store.write(SET, stateOf(), undefined);
      const second = await rival.write(SET, stateOf({ disarmed: ['bounces'] }), first);
      expect(second).toBeDefined();
      expect(second).not.toBe(first);
      expect(await store.write(SET, stateOf(), first)).toBeUndefined();
      expect(await store.write({ kind: 'configuration-set', name: 'other' }, stateOf(), first)).toBeUndefined();
      expect(await store.read(SET)).toEqual({ state: stateOf({ disarmed: ['bounces'] }), version: second });
    });

    test('lets one of many win', async () => {
      const over = await store.write(SET, stateOf(), undefined);
      const writes = Array.from({ length: 10 }, (_, i) => (i % 2 ? store : rival).write(SET, stateOf(), over));
      expect((await Promise.all(writes)).filter((version) => version !== undefined)).toHaveLength(1);
    });
  });
};
