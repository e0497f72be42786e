import { CliError } from '../../../../cli/cli-error.ts';
import { Attribute } from '../../../../core/contract/index.ts';
import { SECOND, toIso } from '../../../../core/instant.ts';
import { NOW } from '../../../cli/harness.ts';
import { hear } from './heard.ts';

import { learnAt, namesOf, setUp } from './watched-list.ts';

describe('A list that is watched, where something is wrong', () => {
  test('says what keeps it from reading, tries again after growing waits, and recovers', async () => {
    const world = setUp();
    const { clock, ledger, feed } = world;
    const heard = hear(feed);
    await learnAt(world, 'a@target.example');
    await clock.pass(5 * SECOND);
    const times: number[] = [];
    const began = clock.now();
    ledger.fault = Object.assign(new Error('not authorized to perform: dynamodb:Query'), {
      name: 'AccessDeniedException',
    });
    const before = ledger.ranges.length;
    for (let second = 0; second < 240; second += 1) {
      const looks = ledger.ranges.length;
      await clock.pass(SECOND);
      if (ledger.ranges.length > looks) times.push((clock.now() - began) / SECOND);
    }
    expect(times.map((time, i) => time - (times[i - 1] ?? time))).toEqual([0, 5, 10, 20, 40, 60, 60]);
    expect(ledger.ranges.slice(before).every(({ since }) => since === ledger.ranges[before]?.since)).toBe(true);
    expect(heard.states.map(({ problem }) => problem?.code)).toEqual(['AccessDenied']);
    expect(feed.state.problem).toMatchObject({
      message: 'not authorized to perform: dynamodb:Query',
      remedy: expect.stringContaining('dynamodb:Query'),
    });
    await learnAt(world, 'b@target.example');
    ledger.fault = undefined;
    await clock.pass(60 * SECOND);
    expect(heard.states.map(({ problem }) => problem?.code)).toEqual(['AccessDenied', undefined]);
    expect(namesOf(heard.items)).toEqual(['a@target.example', 'b@target.example']);
    ledger.fault = new Error('again');
    await clock.pass(5 * SECOND);
    const looks = ledger.ranges.length;
    await clock.pass(5 * SECOND);
    expect(ledger.ranges.length).toBe(looks + 1);
  });

  test('says what keeps the deployment from being found', async () => {
    const world = setUp();
    world.refusals.push(new CliError('StackNotFound', 'there is no stack', 'Mend --stack.'));
    hear(world.feed);
    await world.clock.pass(0);
    expect(world.feed.state.problem).toEqual({
      code: 'StackNotFound',
      message: 'there is no stack',
      remedy: 'Mend --stack.',
    });
    await world.clock.pass(5 * SECOND);
    expect(world.feed.state.problem).toBeNull();
  });

  test('an entry that nobody can read is a line; one that cannot be read just now is tried again', async () => {
    const world = setUp();
    const { clock, faults, feed } = world;
    await learnAt(world, 'broken@target.example', 'slow@target.example');
    faults.set(
      'broken@target.example',
      Object.assign(new Error('evidence: expected a list'), { name: 'EntryUnreadable' }),
    );
    faults.set('slow@target.example', Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    const heard = hear(feed);
    await clock.pass(0);
    expect([heard.items, feed.state.problem?.code]).toEqual([[], 'AwsThrottled']);
    faults.delete('slow@target.example');
    await clock.pass(30 * SECOND);
    expect(heard.items.map(({ addresses, finding }) => [addresses[0], finding.slice(0, 17)])).toEqual([
      ['broken@target.example', 'EntryUnreadable: '],
      ['slow@target.example', 'Permanent/General'],
    ]);
    expect((await feed.detail(1))?.sentence).toContain('cannot be read');
  });

  test('a clock that is set back shows nothing twice', async () => {
    const world = setUp();
    const heard = hear(world.feed);
    await learnAt(world, 'a@target.example', 'b@target.example');
    await world.clock.pass(2 * 3600 * SECOND);
    world.clock.set(world.clock.now() - 3 * 3600 * SECOND);
    await world.clock.pass(4 * 3600 * SECOND);
    expect(namesOf(heard.items)).toEqual(['a@target.example', 'b@target.example']);
  });

  test('what another program wrote without a proper time is shown once', async () => {
    const world = setUp();
    const { clock, ledger } = world;
    await learnAt(world, 'a@target.example');
    const [item = {}] = ledger.items;
    ledger.put({ ...item, [Attribute.UPDATED_AT]: { S: '2026-11-20 soon' } });
    const heard = hear(world.feed);
    await clock.pass(120 * SECOND);
    expect(heard.items.map(({ at }) => at)).toEqual([toIso(NOW + 1)]);
  });

  test('ends when it is closed, also in the middle of a look', async () => {
    const world = setUp();
    await learnAt(world, 'a@target.example');
    const heard = hear(world.feed);
    world.ledger.between = async () => world.feed.close();
    await world.clock.pass(60 * SECOND);
    expect([heard.items, heard.ended, world.ledger.ranges.length, world.clock.sleeping]).toEqual([[], 1, 1, 0]);
  });
});
