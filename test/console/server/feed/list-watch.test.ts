import { DEFAULT_POLICY } from '../../../../core/contract/index.ts';
import { SECOND, toIso } from '../../../../core/instant.ts';
import { allow } from '../../../../core/ledger/allow.ts';
import { remove } from '../../../../core/ledger/remove.ts';
import { NOW, teach } from '../../../cli/harness.ts';
import { hear } from './heard.ts';

import { addressOf, bounceOf, learnAt, setUp } from './watched-list.ts';

describe('A list that is watched', () => {
  test('is not read, nor are its counts, while nobody listens', async () => {
    const world = setUp();
    await learnAt(world, 'pat@target.example');
    await world.clock.pass(600 * SECOND);
    expect([world.opened, world.ledger.ranges, world.clock.sleeping]).toEqual([{ list: 0, metrics: 0 }, [], 0]);
    const heard = hear(world.feed);
    await world.clock.pass(12 * SECOND);
    heard.stop();
    expect([world.opened, world.ledger.ranges.length]).toEqual([{ list: 3, metrics: 1 }, 3]);
    await world.clock.pass(600 * SECOND);
    expect([world.opened, world.clock.sleeping]).toEqual([{ list: 3, metrics: 1 }, 0]);
  });

  test('shows an entry with its newest evidence', async () => {
    const world = setUp();
    const heard = hear(world.feed);
    await world.clock.pass(0);
    await learnAt(world, 'pat@target.example');
    const at = toIso(world.clock.now() - 1);
    await world.clock.pass(5 * SECOND);
    expect(heard.items).toEqual([
      {
        id: 1,
        at,
        what: 'changed',
        type: 'Bounce',
        addresses: ['pat@target.example'],
        recipients: 1,
        stream: null,
        subject: null,
        messageId: expect.stringContaining('0100019b7d4e8c2e'),
        rule: 'hard-bounce',
        effect: 'suppress',
        reason: 'hard-bounce',
        scope: '*',
        until: null,
        finding: 'Permanent/General, smtp; 550 5.1.1 user unknown',
      },
    ]);
    const reads = world.ledger.reads.length;
    const detail = await world.feed.detail(1);
    expect(detail?.sentence).toBe(
      'pat@target.example is suppressed everywhere: hard-bounce, since 2026-01-02 03:04 UTC, without end.',
    );
    expect([detail?.because, detail?.source?.slice(0, 10)]).toEqual(['the address was refused for good', 'Amazon SES']);
    expect(detail?.lacks).toMatch(/^SES's message itself is not kept by this deployment/);
    expect(detail?.raw.map(({ title, kind }) => [title, kind])).toEqual([['Entry in the table', 'json']]);
    expect(JSON.parse(detail?.raw[0]?.text ?? '')).toMatchObject({
      address: 'pat@target.example',
      status: 'suppressed',
      updatedAt: at,
      evidence: [{ rule: 'hard-bounce', status: '5.1.1' }],
    });
    expect(world.ledger.reads.length).toBe(reads);
  });

  test('shows holds, what people decide, and what lifts', async () => {
    const world = setUp();
    const { clock, ledger, feed } = world;
    await teach(ledger, [bounceOf('held@target.example', { bounceSubType: 'Suppressed', timestamp: toIso(NOW) })]);
    clock.set(clock.now() + 1);
    await learnAt(world, 'allowed@target.example', 'removed@target.example');
    const key = { address: addressOf('allowed@target.example'), scope: '*' };
    await allow(ledger, key, { by: 'pat', note: 'asked by phone' }, DEFAULT_POLICY, clock.now());
    const heard = hear(feed);
    await clock.pass(0);
    const shown = heard.items.map(({ addresses, effect, rule, reason, until, finding }) => ({
      address: addresses[0],
      effect,
      rule,
      reason,
      until: until?.slice(0, 10) ?? null,
      finding: finding.slice(0, 27),
    }));
    expect(shown).toContainEqual({
      address: 'held@target.example',
      effect: 'hold',
      rule: 'listed-global',
      reason: 'global-list',
      until: '2026-12-04',
      finding: 'Permanent/Suppressed, smtp;',
    });
    expect(shown).toContainEqual({
      address: 'allowed@target.example',
      effect: 'lift',
      rule: null,
      reason: 'manual',
      until: null,
      finding: 'allowed by pat: asked by ph',
    });
  });

  test('an entry that is removed between the index and the table is shown as lifted', async () => {
    const world = setUp();
    const { clock, ledger, feed } = world;
    await learnAt(world, 'pat@target.example');
    const key = { address: addressOf('pat@target.example'), scope: '*' };
    ledger.between = async () => {
      ledger.between = async () => undefined;
      await remove(ledger, key, { by: 'sam', note: 'works again' }, DEFAULT_POLICY, clock.now());
    };
    const heard = hear(feed);
    await clock.pass(30 * SECOND);
    expect(heard.items.map(({ effect, reason, finding }) => ({ effect, reason, finding }))).toEqual([
      { effect: 'lift', reason: null, finding: 'removed by sam: works again' },
    ]);
  });

  test('an entry that is gone when it is read is left out', async () => {
    const world = setUp();
    const { clock, ledger, feed } = world;
    await learnAt(world, 'pat@target.example');
    ledger.between = () =>
      ledger.delete({ address: addressOf('pat@target.example'), scope: '*' }).then(() => undefined);
    const heard = hear(feed);
    await clock.pass(30 * SECOND);
    expect([heard.items, feed.state.problem]).toEqual([[], null]);
  });
});
