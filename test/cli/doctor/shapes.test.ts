import * as v from 'valibot';
import { cli, lines } from '../harness.ts';
import { DoctorLine } from '../schemas/doctor.ts';
import { ALARMS, TOPIC, World } from './healthy.ts';

const examine = async (world: World) => {
  const { exit, out } = await cli(['doctor', '--json'], { world });
  const findings = lines(out).map((line) => v.parse(DoctorLine, line));
  const marks = findings
    .filter(({ status }) => status !== 'ok')
    .map(({ status, check, about }) => `${status} ${check} ${about}`);
  return { exit, findings, marks };
};

const without = (world: World, ...keys: readonly string[]): void => {
  for (const key of keys) world.outputs.delete(key);
};

/** Events of the configuration sets, less these. */
const publishLess = (world: World, less: readonly string[], more: readonly string[] = []): void => {
  for (const [name, all] of Object.entries(world.destinations))
    world.destinations[name] = all.map((each) => ({
      ...each,
      events: [...each.events.filter((event) => !less.includes(event)), ...more],
    }));
};

/** A deployment with senders and no wired identity: those of `domains` feed the list by their configuration set. */
const unwired = (world: World): void => {
  world.outputs.delete('WiredIdentities');
  for (const name of Object.keys(world.identityTopics))
    world.identityTopics[name] = { Bounce: null, Complaint: null, Delivery: null };
};

const TWICE = 'note double-notification ledger.example';

interface Shape {
  readonly name: string;
  readonly make: (world: World) => void;
  /** What is said that is not "ok". */
  readonly said?: readonly string[];
  /** Checks with nothing to look at here. */
  readonly silent?: readonly string[];
}

const SHAPES: readonly Shape[] = [
  {
    name: '"deliveries": false, with Send in their place',
    make: (world) => {
      publishLess(world, ['DELIVERY'], ['SEND']);
      world.identityTopics['ledger.example'] = { Bounce: TOPIC, Complaint: TOPIC, Delivery: null };
    },
  },
  {
    name: '"deliveries": false and "idempotency": false',
    make: (world) => {
      publishLess(world, ['DELIVERY']);
      world.identityTopics['ledger.example'] = { Bounce: TOPIC, Complaint: TOPIC, Delivery: null };
    },
    said: [TWICE, 'note event-destination main', 'note event-destination second'],
  },
  {
    name: '"delivery": "direct"',
    make: (world) => {
      without(world, 'FeedbackQueueUrl');
      const endpoint = 'arn:aws:lambda:eu-central-1:123456789012:function:feedback-fn';
      world.subscriptions[TOPIC] = [{ protocol: 'lambda', endpoint, confirmed: true }];
    },
  },
  {
    name: '"queue": false',
    make: (world) => without(world, 'SendQueueUrl', 'SendDeadLetterQueueUrl'),
  },
  {
    name: 'no queue of any kind',
    make: (world) => {
      without(world, 'FeedbackQueueUrl', 'SendQueueUrl', 'SendDeadLetterQueueUrl');
      const endpoint = 'arn:aws:lambda:eu-central-1:123456789012:function:feedback-fn';
      world.subscriptions[TOPIC] = [{ protocol: 'lambda', endpoint, confirmed: true }];
    },
    silent: ['queue-backlog', 'queue-age'],
  },
  {
    name: '"alarms": false',
    make: (world) => {
      without(world, 'AlarmTopicArn', 'BreakerFunctionName');
      delete world.subscriptions[ALARMS];
    },
    silent: ['alarm-subscription'],
  },
  {
    name: 'domains only',
    make: unwired,
    said: [],
    silent: ['identity-topics', 'email-forwarding'],
  },
  {
    name: 'nobody may send and nothing is wired',
    make: (world) => {
      unwired(world);
      world.outputs.set('Senders', 'none: add "senders" (addresses or @domains) to the configuration');
    },
    said: ['note senders send function'],
    silent: [
      'identity',
      'dkim',
      'mail-from',
      'spf',
      'dmarc',
      'identity-topics',
      'double-notification',
      'email-forwarding',
    ],
  },
  {
    name: 'the configuration set of another system, which publishes to its topic as well',
    make: (world) => {
      const [ours] = world.destinations.second ?? [];
      if (ours === undefined) throw new Error('no destination');
      const theirs = { ...ours, name: 'theirs', topicArn: 'arn:aws:sns:eu-central-1:123456789012:Theirs' };
      world.destinations.second = [theirs, { ...theirs, name: 'firehose', topicArn: null }, ours];
      const set = world.sets.second;
      if (set === undefined) throw new Error('no set');
      set.reputationMetrics = false;
    },
  },
  {
    name: 'an account in the sandbox',
    make: (world) => {
      world.account.production = false;
      world.account.quota = { max24Hours: 200, sent24Hours: 0 };
    },
    said: ['note sandbox account', TWICE],
  },
  {
    name: "an account without SES's own suppression list",
    make: (world) => {
      world.account.suppressedReasons = [];
    },
    said: ['note account-suppression account', TWICE],
  },
  {
    name: 'an account without a daily quota',
    make: (world) => {
      world.account.quota = { max24Hours: -1, sent24Hours: 5_000_000 };
    },
  },
  {
    name: 'idle queues, of which CloudWatch has nothing',
    make: (world) => {
      delete world.metrics['AWS/SQS ApproximateAgeOfOldestMessage Feedback'];
    },
  },
  {
    name: 'a policy of the topic with JSON’s own true and false',
    make: (world) => {
      if (world.topic === null) throw new Error('no topic');
      world.topic.policy = world.topic.policy.replace('"false"', 'false');
      expect(world.topic.policy).toContain('"aws:SecureTransport":false');
    },
  },
];

test.each(SHAPES)('nothing is wrong with $name', async ({ make, said = [TWICE], silent = [] }) => {
  const world = new World();
  make(world);
  const { exit, findings, marks } = await examine(world);
  expect(marks.sort()).toEqual([...said].sort());
  expect(exit).toBe(0);
  const normal = new Set((await examine(new World())).findings.map(({ check }) => check));
  const heard = new Set(findings.map(({ check }) => check));
  expect([...normal].filter((check) => !heard.has(check))).toEqual(silent);
});

test('what is left out on purpose is not mended by another deployment', async () => {
  const world = new World();
  publishLess(world, ['DELIVERY']);
  const { findings } = await examine(world);
  expect(findings.find(({ status, check }) => status === 'note' && check === 'event-destination')?.fix).toBe(
    'If that is not on purpose: leave out "deliveries": false, and deploy.',
  );
});

describe('a stack of another Region', () => {
  const away = (queue = 'Suppressor-Feedback'): World => {
    const world = new World();
    without(world, 'FeedbackQueueUrl', 'DeadLetterQueueUrl', 'FeedbackFunctionName', 'KeepTable');
    world.outputs.set('HomeRegion', 'eu-west-1');
    world.outputs.set('HomeFeedbackQueueUrl', 'https://sqs.eu-west-1.amazonaws.com/123456789012/Suppressor-Feedback');
    world.subscriptions[TOPIC] = [
      { protocol: 'sqs', endpoint: `arn:aws:sqs:eu-west-1:123456789012:${queue}`, confirmed: true },
    ];
    // a copy has neither, and shall have neither
    world.recovery = false;
    world.protection = false;
    return world;
  };

  test('has nothing wrong, and no check of what is at home', async () => {
    const { exit, findings, marks } = await examine(away());
    expect([exit, marks]).toEqual([0, [TWICE]]);
    const abouts = findings.map(({ about }) => about);
    for (const absent of ['feedback queue', 'feedback', 'feedback-fn']) expect(abouts).not.toContain(absent);
    expect(abouts).toEqual(expect.arrayContaining(['send queue', 'undelivered', 'sends', 'failed-sends', 'send-fn']));
  });

  test('is wrong if its topic leads to another queue at home', async () => {
    const { marks } = await examine(away('Suppressor-Other'));
    expect(marks.sort()).toEqual([TWICE, `wrong subscription ${TOPIC}`]);
  });

  test('is told to get its copy from home, not to restore one here', async () => {
    const world = away();
    world.tables.Suppressions = null;
    const { findings } = await examine(world);
    const [lost] = findings.filter(({ status }) => status === 'wrong');
    expect([lost?.check, lost?.fix]).toEqual([
      'table',
      'It is a copy: add this Region to "regions" of the stack in eu-west-1 and deploy that; of an adopted table, see docs/regions.md.',
    ]);
  });
});

test('a copy that no stack here reads may be in use elsewhere, so nobody is told to delete or to write it', async () => {
  const world = new World();
  const list = world.tables.Suppressions;
  if (!list) throw new Error('no table');
  Object.assign(world.tables, { Copy: list, Old: list });
  world.copies.Copy = ['eu-west-1'];
  const { findings } = await examine(world);
  const found = findings.find(({ check }) => check === 'orphaned-tables');
  expect(found?.message).toBe('has lists that no stack here uses: Copy (also in eu-west-1), Old');
  expect(found?.fix).toMatch(/^One that is also elsewhere may be the copy of a list that is in use there: look there/);
});

describe('commands to paste', () => {
  const fixes = async (world: World): Promise<string[]> =>
    (await examine(world)).findings.flatMap(({ fix }) => (fix?.includes('aws ') ? [fix] : []));
  const faulty = (): World => {
    const world = new World();
    world.account.suppressedReasons = [];
    world.protection = false;
    world.expiry.Messages = 'other';
    world.subscriptions[ALARMS] = [];
    world.identities['ledger.example'] = undefined;
    return world;
  };

  test('name the Region that was looked at, as the AWS CLI may have another', async () => {
    const found = await fixes(faulty());
    expect(found.length).toBeGreaterThanOrEqual(5);
    for (const fix of found)
      expect(fix.match(/\baws /g)).toEqual(fix.match(/\baws (?=--region eu-central-1 [a-z0-9]+ )/g));
  });

  test('say of a local cloud that they are for the real one', async () => {
    const world = faulty();
    world.local = true;
    for (const fix of await fixes(world)) expect(fix).toMatch(/on AWS: aws [a-z]/);
  });
});
