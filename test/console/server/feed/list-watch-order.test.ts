import { Attribute } from '../../../../core/contract/index.ts';
import { SECOND } from '../../../../core/instant.ts';
import { teach } from '../../../cli/harness.ts';
import { complaint } from '../../../core/messages.ts';
import { hear } from './heard.ts';

import { addressOf, bounceOf, learnAt, many, namesOf, setUp } from './watched-list.ts';

describe('The changes of a list that is watched', () => {
  test('begins with the newest 50, oldest of them first', async () => {
    const world = setUp();
    await learnAt(world, ...many('r', 60));
    const heard = hear(world.feed);
    await world.clock.pass(20 * SECOND);
    expect(namesOf(heard.items)).toEqual(many('r', 60).slice(10));
    expect(heard.items.map(({ id }) => id)).toEqual(heard.items.map((_, i) => i + 1));
  });

  test('shows nothing later of what it left out, though it was written in the same millisecond', async () => {
    const world = setUp();
    await teach(
      world.ledger,
      many('r', 60).map((address) => bounceOf(address)),
    );
    const heard = hear(world.feed);
    await world.clock.pass(30 * SECOND);
    expect(heard.items).toHaveLength(50);
  });

  test('shows each change once, in the order in which they were written, over many looks', async () => {
    const world = setUp();
    const heard = hear(world.feed);
    const expected: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      await world.clock.pass(1700);
      const address = `r${i % 25}@target.example`;
      await teach(world.ledger, [
        i < 25
          ? bounceOf(address)
          : complaint({
              mail: { destination: [address] },
              recipients: [{ emailAddress: address }],
              detail: { feedbackId: `c-${i}` },
            }),
      ]);
      expected.push(address);
    }
    await world.clock.pass(30 * SECOND);
    expect(namesOf(heard.items)).toEqual(expected);
    expect(heard.items.slice(25).every(({ reason }) => reason === 'complaint')).toBe(true);
  });

  test('sees a change that comes late into the index, once', async () => {
    const world = setUp();
    const { clock, ledger } = world;
    const heard = hear(world.feed);
    await learnAt(world, 'first@target.example', 'late@target.example', 'last@target.example');
    const late = ledger.items.find((item) => item[Attribute.ADDRESS]?.S === 'late@target.example');
    await ledger.delete({ address: addressOf('late@target.example'), scope: '*' });
    await clock.pass(6 * SECOND);
    expect(namesOf(heard.items)).toEqual(['first@target.example', 'last@target.example']);
    ledger.put(late ?? {});
    await clock.pass(30 * SECOND);
    expect(namesOf(heard.items)).toEqual(['first@target.example', 'last@target.example', 'late@target.example']);
  });

  test.each([
    [14, ['first@target.example', 'last@target.example', 'late@target.example']],
    [16, ['first@target.example', 'last@target.example']],
  ])('looks for what was written %i seconds before the newest that it knows: %j', async (seconds, shown) => {
    const world = setUp();
    const { clock, ledger } = world;
    await learnAt(world, 'first@target.example', 'late@target.example');
    const late = ledger.items.find((item) => item[Attribute.ADDRESS]?.S === 'late@target.example');
    await ledger.delete({ address: addressOf('late@target.example'), scope: '*' });
    clock.set(clock.now() + seconds * SECOND);
    await learnAt(world, 'last@target.example');
    const heard = hear(world.feed);
    await clock.pass(0);
    ledger.put(late ?? {});
    await clock.pass(30 * SECOND);
    expect(namesOf(heard.items)).toEqual(shown);
  });

  test('shows 200 changes of one look at the most, says that there were more, and shows none of those later', async () => {
    const world = setUp();
    const heard = hear(world.feed);
    await world.clock.pass(0);
    await learnAt(world, ...many('r', 250));
    world.ledger.reads.length = 0;
    await world.clock.pass(60 * SECOND);
    expect(heard.items).toHaveLength(201);
    expect(namesOf(heard.items)).toEqual(many('r', 250).slice(50));
    expect(heard.items.at(-1)).toMatchObject({
      what: 'changed',
      addresses: [],
      recipients: 0,
      finding: 'More than 200 entries changed since the last look; the older ones are not shown.',
    });
    expect(world.ledger.reads).toEqual([200]);
    await learnAt(world, 'next@target.example');
    await world.clock.pass(10 * SECOND);
    expect(namesOf(heard.items.slice(201))).toEqual(['next@target.example']);
  });

  test.each([false, true])(
    'exactly 200 are no more than 200, if one of them comes twice as well: %p',
    async (repeats) => {
      const world = setUp();
      world.ledger.repeats = repeats;
      const heard = hear(world.feed);
      await world.clock.pass(0);
      await learnAt(world, ...many('r', 200));
      await world.clock.pass(10 * SECOND);
      expect(namesOf(heard.items)).toEqual(many('r', 200));
      expect(heard.items).toHaveLength(200);
    },
  );

  test('reads nothing of long ago where nothing has changed since', async () => {
    const world = setUp();
    hear(world.feed);
    await learnAt(world, 'a@target.example');
    await world.clock.pass(2 * 3600 * SECOND);
    const { since = 0 } = world.ledger.ranges.at(-1) ?? {};
    expect(world.clock.now() - since).toBeLessThanOrEqual(3610 * SECOND);
  });

  test('a burst during a look is shown once, in this look or the next', async () => {
    const world = setUp();
    const heard = hear(world.feed);
    await world.clock.pass(0);
    await learnAt(world, ...many('a', 20));
    let bursts = 0;
    world.ledger.between = async (taken) => {
      if (taken !== 10 || bursts > 0) return;
      bursts += 1;
      await learnAt(world, ...many('b', 30));
      const [address] = many('a', 1);
      await teach(world.ledger, [
        complaint({ mail: { destination: [address] }, recipients: [{ emailAddress: address }] }),
      ]);
    };
    await world.clock.pass(60 * SECOND);
    expect(bursts).toBe(1);
    const shown = namesOf(heard.items);
    // the entry that changed again is read as it then is, so its two changes are one line
    expect([...shown].sort()).toEqual([...many('a', 20), ...many('b', 30)].sort());
    expect(heard.items.find(({ addresses }) => addresses[0] === 'a0@target.example')?.reason).toBe('complaint');
  });

  test('goes on where it was for somebody who comes after a while without anybody', async () => {
    const world = setUp();
    const first = hear(world.feed);
    await learnAt(world, 'a@target.example');
    await world.clock.pass(5 * SECOND);
    first.stop();
    await learnAt(world, 'b@target.example');
    await world.clock.pass(3 * 3600 * SECOND);
    await learnAt(world, 'c@target.example');
    expect(namesOf(world.feed.since(0))).toEqual(['a@target.example']);
    const second = hear(world.feed);
    await world.clock.pass(5 * SECOND);
    expect(namesOf(second.items)).toEqual(['b@target.example', 'c@target.example']);
  });

  test('what was written by a clock that is days ahead hides nothing that others write meanwhile', async () => {
    const world = setUp();
    const { clock } = world;
    const heard = hear(world.feed);
    await clock.pass(0);
    const now = clock.now();
    clock.set(now + 5 * 24 * 3600 * SECOND);
    await teach(world.ledger, [bounceOf('ahead@target.example')]);
    clock.set(now);
    await clock.pass(5 * SECOND);
    await learnAt(world, 'a@target.example');
    await clock.pass(10 * SECOND);
    await learnAt(world, 'b@target.example');
    await clock.pass(3600 * SECOND);
    expect(namesOf(heard.items)).toEqual(['ahead@target.example', 'a@target.example', 'b@target.example']);
  });
});
