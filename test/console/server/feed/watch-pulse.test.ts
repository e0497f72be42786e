import { SECOND, toIso } from '../../../../core/instant.ts';
import { NOW } from '../../../cli/harness.ts';
import { hear } from './heard.ts';

import { setUp } from './watched-list.ts';

describe('The counts of a deployment', () => {
  test('are of the last five full minutes and the one that runs, mail to the simulator left out, once a minute', async () => {
    const world = setUp();
    const { clock, metrics, feed } = world;
    clock.set(NOW + 30 * SECOND);
    const minute = 60 * SECOND;
    metrics.count({ metric: 'Recipients', rule: 'sent' }, NOW - 5 * minute, 7);
    metrics.count({ metric: 'Recipients', rule: 'sent' }, NOW, 5);
    metrics.count({ metric: 'Recipients', rule: 'sent' }, NOW - 6 * minute, 100);
    metrics.count({ metric: 'Recipients', rule: 'suppressed' }, NOW, 2);
    metrics.count({ metric: 'Recipients', rule: 'refused' }, NOW, 1);
    for (const rule of ['hard-bounce', 'dead-address', 'listed-global'] as const)
      metrics.count({ metric: 'Feedback', rule }, NOW);
    metrics.count({ metric: 'Feedback', rule: 'soft-bounce' }, NOW, 50);
    metrics.count({ metric: 'SimulatorFeedback', rule: 'hard-bounce' }, NOW, 9);
    metrics.count({ metric: 'Feedback', rule: 'delivered' }, NOW, 4);
    const heard = hear(feed);
    await clock.pass(0);
    const counts = { sent: 12, suppressed: 2, refused: 1, bounces: 3, complaints: 0, deliveries: 4 };
    expect(heard.pulses).toEqual([{ minutes: 5, at: toIso(NOW + 30 * SECOND), ...counts }]);
    expect(feed.pulse).toEqual(heard.pulses[0]);
    await clock.pass(59 * SECOND);
    expect(heard.pulses).toHaveLength(1);
    await clock.pass(SECOND);
    expect(heard.pulses).toHaveLength(2);
  });

  test('are of the mailbox simulator too on a local cloud, where there is nothing else', async () => {
    const { clock, metrics, feed } = setUp({ stack: 'Suppressor', endpoint: 'http://127.0.0.1:4000' });
    metrics.count({ metric: 'SimulatorFeedback', rule: 'hard-bounce' }, NOW, 9);
    metrics.count({ metric: 'Feedback', rule: 'hard-bounce' }, NOW);
    hear(feed);
    await clock.pass(0);
    expect(feed.pulse?.bounces).toBe(10);
  });

  test('are null when they cannot be read, and come back by themselves', async () => {
    const world = setUp();
    const sums = world.metrics.sums.bind(world.metrics);
    world.metrics.sums = async () => Promise.reject(new Error('no'));
    const heard = hear(world.feed);
    await world.clock.pass(0);
    const nobodyKnows = {
      sent: null,
      suppressed: null,
      refused: null,
      bounces: null,
      complaints: null,
      deliveries: null,
    };
    expect(heard.pulses[0]).toMatchObject(nobodyKnows);
    world.metrics.sums = sums;
    await world.clock.pass(60 * SECOND);
    expect(heard.pulses[1]).toMatchObject({ sent: 0, complaints: 0 });
    expect(world.feed.state.problem).toBeNull();
  });
});
