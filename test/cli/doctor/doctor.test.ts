import * as v from 'valibot';
import { CHECKS } from '../../../cli/doctor/all-checks.ts';
import { NotHereLocally } from '../../../cli/doctor/ports.ts';
import { cli, lines } from '../harness.ts';
import { DoctorLine } from '../schemas/doctor.ts';
import { World } from './healthy.ts';

const examine = async (world: World, args: readonly string[] = []) => {
  const { exit, out } = await cli(['doctor', '--json', ...args], { world });
  return { exit, findings: lines(out).map((line) => v.parse(DoctorLine, line)) };
};

const denied = (message: string, name = 'AccessDeniedException') => Object.assign(new Error(message), { name });

/** Every question a check may ask. */
const questions = async (): Promise<string[]> => {
  const world = new World();
  await examine(world);
  return [...new Set(world.asked)].sort();
};

describe('what may not be seen', () => {
  test('is unknown and never ok, with the action that AWS names', async () => {
    const world = new World();
    world.faults['ses.account'] = denied(
      'User: arn:aws:sts::123456789012:assumed-role/ReadOnly/pat is not authorized to perform: ses:GetAccount because no identity-based policy allows it',
    );
    const { exit, findings } = await examine(world);
    const unseen = findings.filter(({ status }) => status === 'unknown');
    expect(unseen.map(({ check }) => check)).toEqual([
      'region',
      'enforcement',
      'account-sending',
      'sandbox',
      'quota',
      'account-suppression',
    ]);
    for (const { message, fix } of unseen)
      expect([message, fix].join()).toMatch(/lack ses:GetAccount,Allow ses:GetAccount,/);
    expect(exit).toBe(0);
  });

  test('names what the check needs where AWS does not say', async () => {
    const world = new World();
    world.faults['topics.subscriptions'] = denied('no', 'AuthorizationErrorException');
    const { findings } = await examine(world);
    const unseen = findings.filter(({ status }) => status === 'unknown');
    expect(unseen.map(({ check }) => check)).toEqual(['subscription', 'alarm-subscription']);
    expect(unseen[0]?.fix).toContain('sns:ListSubscriptionsByTopic');
  });

  test('no single denial leaves an ok in its place or touches a check that does not ask', async () => {
    for (const question of await questions()) {
      const healthy = (await examine(new World())).findings;
      const world = new World();
      world.faults[question] = denied('no');
      const { exit, findings } = await examine(world);
      expect(exit).toBe(0);
      const before = new Map(healthy.map((each) => [`${each.check} ${each.about}`, each]));
      const changed = findings.filter(
        (each) =>
          JSON.stringify(before.get(`${each.check} ${each.about}`)) !== JSON.stringify(each) && each.status !== 'ok',
      );
      // who has paused something is only asked where something is paused
      if (question !== 'pauses.pauseOf') expect(changed.length).toBeGreaterThan(0);
      for (const each of changed) expect(each.status).toBe('unknown');
      expect(findings.filter(({ status }) => status === 'wrong')).toEqual([]);
    }
  });

  test('a table that one may describe and no more keeps its other answers', async () => {
    const world = new World();
    world.faults['tables.pointInTimeRecovery'] = denied('no');
    const { findings } = await examine(world);
    const about = findings
      .filter(({ about }) => about === 'Suppressions')
      .map(({ check, status }) => `${check} ${status}`);
    expect(about).toEqual(['table ok', 'table-ttl ok', 'table-recovery unknown', 'table-protection ok']);
  });
});

test('a fault that is no denial is unknown too, in AWS’s own words', async () => {
  const world = new World();
  world.faults['dns.txt'] = Object.assign(new Error('queryTxt ETIMEOUT _dmarc.ledger.example'), { code: 'ETIMEOUT' });
  const { exit, findings } = await examine(world);
  const unseen = findings.filter(({ status }) => status === 'unknown');
  expect(new Set(unseen.map(({ check }) => check))).toEqual(new Set(['spf', 'dmarc']));
  expect(unseen[0]?.message).toContain('ETIMEOUT');
  expect(exit).toBe(0);
});

test('a Region without SES is told by its address, which does not exist', async () => {
  const world = new World();
  for (const question of ['account', 'identity', 'identityTopics', 'configurationSet', 'eventDestinations'])
    world.faults[`ses.${question}`] = Object.assign(
      new Error('getaddrinfo ENOTFOUND email.mx-central-1.amazonaws.com'),
      {
        code: 'ENOTFOUND',
      },
    );
  const { exit, findings } = await examine(world);
  expect(findings.filter(({ status }) => status === 'wrong').map(({ check }) => check)).toEqual(['region']);
  expect(exit).toBe(3);
});

test('what a local cloud has not is not checked, and nothing about it is ok', async () => {
  const world = new World();
  world.local = true;
  for (const question of ['topics.topic', 'topics.subscriptions', 'dns.txt', 'stacks.tablesOfStacks'])
    world.faults[question] = new NotHereLocally('nothing of the kind here');
  const { exit, findings } = await examine(world);
  const left = findings.filter(({ status }) => status === 'not-checked-locally').map(({ check }) => check);
  expect(new Set(left)).toEqual(
    new Set([
      'stack',
      'spf',
      'dmarc',
      'topic',
      'topic-policy',
      'subscription',
      'orphaned-tables',
      'alarm-subscription',
    ]),
  );
  const passed = new Set(findings.filter(({ status }) => status === 'ok').map(({ check }) => check));
  expect([...passed].filter((check) => left.includes(check))).toEqual([]);
  expect(exit).toBe(0);
});

test('each question is asked once, however many checks want the answer', async () => {
  const world = new World();
  await examine(world);
  const times = (question: string): number => world.asked.filter((each) => each === question).length;
  expect(times('ses.account')).toBe(1);
  expect(times('ses.identityTopics')).toBe(1);
  expect(times('ses.configurationSet')).toBe(2);
  // ledger.example, and no-reply@target.example, whose domain speaks for it
  expect(times('ses.identity')).toBe(3);
});

test('a domain that was asked for is looked at as a sender is', async () => {
  const { exit, findings } = await examine(new World(), [
    '--domain',
    'Elsewhere.example',
    '--domain',
    'ledger.example',
  ]);
  const wrong = findings.filter(({ status }) => status === 'wrong').map(({ check, about }) => `${check} ${about}`);
  expect(wrong).toEqual(['identity elsewhere.example', 'dmarc elsewhere.example']);
  expect(exit).toBe(3);
  expect((await cli(['doctor', '--domain', 'no domain'])).exit).toBe(2);
});

test('a stack with direct delivery leads to the function, and has no queue to look at', async () => {
  const world = new World();
  world.outputs.delete('FeedbackQueueUrl');
  world.subscriptions['arn:aws:sns:eu-central-1:123456789012:Suppressor-Topic'] = [
    { protocol: 'lambda', endpoint: 'arn:aws:lambda:eu-central-1:123456789012:function:feedback-fn', confirmed: true },
  ];
  const { exit, findings } = await examine(world);
  expect(exit).toBe(0);
  expect(findings.some(({ about }) => about === 'feedback queue')).toBe(false);
});

describe('a stack of another Region than that of the list', () => {
  const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:Suppressor-Topic';
  const away = (queueRegion: string): World => {
    const world = new World();
    for (const key of ['FeedbackQueueUrl', 'DeadLetterQueueUrl', 'FeedbackFunctionName']) world.outputs.delete(key);
    world.outputs.set('HomeRegion', 'eu-west-1');
    const endpoint = `arn:aws:sqs:${queueRegion}:123456789012:Suppressor-Feedback`;
    world.subscriptions[TOPIC] = [{ protocol: 'sqs', endpoint, confirmed: true }];
    return world;
  };

  test('leads home, and leaves the care of the list to home', async () => {
    const { exit, findings } = await examine(away('eu-west-1'));
    expect(exit).toBe(0);
    expect(findings.filter(({ about }) => about === 'Suppressions').map(({ check }) => check)).toEqual([
      'table',
      'table-ttl',
    ]);
  });

  test('is wrong if its feedback leads elsewhere', async () => {
    const { findings } = await examine(away('eu-central-1'));
    expect(findings.filter(({ status }) => status === 'wrong').map(({ check }) => check)).toEqual(['subscription']);
  });
});

test('a stack of which little is known is examined as far as it goes', async () => {
  const world = new World();
  world.outputs.clear();
  const { exit, findings } = await examine(world);
  expect(exit).toBe(0);
  expect(new Set(findings.map(({ check }) => check))).toEqual(
    new Set([
      'stack',
      'region',
      'enforcement',
      'account-sending',
      'sandbox',
      'quota',
      'account-suppression',
      'senders',
      'reputation',
      'orphaned-tables',
    ]),
  );
});

test('a person reads groups, what to do below what is wrong, and a sum', async () => {
  const world = new World();
  world.account.sendingEnabled = false;
  world.queues.Dead = 1;
  world.faults['stacks.tablesOfStacks'] = new NotHereLocally('no CloudFormation');
  const { exit, out, target } = await cli(['doctor', '--stack', 'Mail'], { world });
  expect([exit, target?.stack]).toEqual([3, 'Mail']);
  expect(out).toMatch(
    /^Account\n {2}ok {5}the stack "Suppressor" is deployed \(UPDATE_COMPLETE\) {2}stack\n {2}ok {5}eu-central-1 has SES {2}region\n/,
  );
  expect(out).toContain(
    '  WRONG  account is paused, and not by this deployment  account-sending\n         → When the cause is gone: ses-suppressor resume --account --stack Mail\n',
  );
  expect(out).toContain('  WRONG  feedback has 1 dead letter: feedback nobody could apply  dead-letters\n');
  expect(out).toContain('  -      not checked locally: orphaned-tables\n');
  expect(out).toMatch(/\n\n2 wrong; 1 note, 0 unknown, \d+ ok, 1 not checked locally\.\n$/);
});

test('a sum says whether something could not be seen', async () => {
  const { out: healthy } = await cli(['doctor']);
  expect(healthy).toMatch(/\nNothing is wrong; 1 note, 0 unknown, \d+ ok\.\n$/);
  const world = new World();
  world.faults['dns.txt'] = denied('no');
  const { out: half } = await cli(['doctor'], { world });
  expect(half).toMatch(/\nNothing wrong was found; 1 note, 4 unknown, \d+ ok\.\n$/);
});

test('what strangers write into DNS cannot move the cursor', async () => {
  const world = new World();
  world.dns['bounce.ledger.example'] = ['v=spf1 \u001b[2Jip4:192.0.2.7 -all'];
  const { out } = await cli(['doctor'], { world });
  expect(out).toContain('does not let SES send');
  expect(out).not.toContain('\u001b');
});

test('a deployment that cannot be found is exit 1, with a remedy', async () => {
  const openDoctor = () => Promise.reject(Object.assign(new Error('Region is missing'), { name: 'Error' }));
  const { exit, out, err } = await cli(['doctor'], { overrides: { openDoctor } });
  expect([exit, out]).toEqual([1, '']);
  expect(err).toContain('NoRegion');
});

test('every check says which permission it needs', () => {
  for (const { needs } of CHECKS) {
    expect(needs.length).toBeGreaterThan(0);
    for (const action of needs) expect(action).toMatch(/^[a-z]+:[A-Z][A-Za-z]+$/);
  }
});
