import * as v from 'valibot';
import { CHECKS } from '../../../cli/doctor/all-checks.ts';
import type { Finding } from '../../../cli/doctor/finding.ts';
import { cli, lines, NOW } from '../harness.ts';
import { DoctorLine } from '../schemas/doctor.ts';
import { ALARMS, TOPIC, World } from './healthy.ts';

const FOREIGN = 'arn:aws:sns:eu-central-1:123456789012:Theirs';

interface Ran {
  readonly exit: number;
  readonly findings: readonly Finding[];
}

const examine = async (world: World, args: readonly string[] = []): Promise<Ran> => {
  const { exit, out, err } = await cli(['doctor', '--json', ...args], { world });
  expect(err).toBe('');
  return { exit, findings: lines(out).map((line) => v.parse(DoctorLine, line)) };
};

/** What is not ok, as in `wrong identity ledger.example`. */
const marks = (findings: readonly Finding[]): string[] =>
  findings.filter(({ status }) => status !== 'ok').map(({ status, check, about }) => `${status} ${check} ${about}`);

const HEALTHY = ['note double-notification ledger.example'];

const policyOf = (world: World) => JSON.parse(world.topic?.policy ?? '');

interface Fault {
  readonly name: string;
  readonly plant: (world: World) => void;
  /** What is found instead of what a healthy deployment shows. */
  readonly found: readonly string[];
  /** What a healthy deployment shows and this one does not. */
  readonly gone?: readonly string[];
  readonly says?: RegExp;
  readonly fix?: RegExp;
}

const identity = (world: World, name = 'ledger.example') => {
  const found = world.identities[name];
  if (found === undefined) throw new Error(`no identity ${name}`);
  return found;
};
const topics = (world: World, name = 'ledger.example') => {
  const found = world.identityTopics[name];
  if (found === undefined) throw new Error(`no topics of ${name}`);
  return found;
};
const set = (world: World, name = 'main') => {
  const found = world.sets[name];
  if (found === undefined) throw new Error(`no configuration set ${name}`);
  return found;
};
const destination = (world: World) => {
  const [found] = world.destinations.main ?? [];
  if (found === undefined) throw new Error('no destination');
  return found;
};
const table = (world: World, name = 'Suppressions') => {
  const found = world.tables[name];
  if (!found) throw new Error(`no table ${name}`);
  return found;
};

const FAULTS: readonly Fault[] = [
  {
    name: 'the last deployment was rolled back',
    plant: (world) => {
      world.status = 'UPDATE_ROLLBACK_COMPLETE';
    },
    found: ['wrong stack the stack "Suppressor"'],
    says: /UPDATE_ROLLBACK_COMPLETE/,
  },
  {
    name: 'the stack is being changed',
    plant: (world) => {
      world.status = 'UPDATE_IN_PROGRESS';
    },
    found: ['note stack the stack "Suppressor"'],
  },
  {
    name: 'the account is in the sandbox',
    plant: (world) => {
      world.account.production = false;
    },
    found: ['note sandbox account'],
    fix: /production access/,
  },
  {
    name: 'SES reviews the account',
    plant: (world) => {
      world.account.enforcement = 'PROBATION';
    },
    found: ['wrong enforcement account'],
    fix: /runbook/,
  },
  {
    name: 'SES has paused the account',
    plant: (world) => {
      world.account.enforcement = 'SHUTDOWN';
      world.account.sendingEnabled = false;
    },
    found: ['wrong enforcement account'],
    fix: /Support Center/,
  },
  {
    name: 'somebody has paused the account by command',
    plant: (world) => {
      world.account.sendingEnabled = false;
      world.pauses.account = { at: NOW, by: 'command', operator: 'pat', note: 'leaked key' };
    },
    found: ['wrong account-sending account'],
    says: /by pat: leaked key/,
    fix: /resume --account/,
  },
  {
    name: 'the account was paused elsewhere, and who did it cannot be read',
    plant: (world) => {
      world.account.sendingEnabled = false;
      world.faults['pauses.pauseOf'] = new Error('no table');
    },
    found: ['wrong account-sending account'],
    says: /cannot be read/,
  },
  {
    name: 'the daily quota is spent',
    plant: (world) => {
      world.account.quota = { max24Hours: 200, sent24Hours: 200 };
    },
    found: ['wrong quota account'],
    says: /200 of 200/,
  },
  {
    name: 'the daily quota is nearly spent',
    plant: (world) => {
      world.account.quota = { max24Hours: 50_000, sent24Hours: 41_000 };
    },
    found: ['note quota account'],
    says: /41,000 of 50,000/,
  },
  {
    name: "the account's own list is off for complaints",
    plant: (world) => {
      world.account.suppressedReasons = ['BOUNCE'];
    },
    found: ['note account-suppression account'],
    says: /off for COMPLAINT:/,
  },
  {
    name: 'a sender has no identity',
    plant: (world) => {
      world.identities['target.example'] = undefined;
      world.identityTopics['target.example'] = undefined;
    },
    found: ['wrong identity no-reply@target.example'],
    fix: /create-email-identity --email-identity target\.example/,
  },
  {
    name: 'an identity is not verified',
    plant: (world) => {
      Object.assign(identity(world), { verified: false, verification: 'PENDING' });
    },
    found: ['wrong identity ledger.example'],
    says: /PENDING/,
  },
  {
    name: 'only the address is verified',
    plant: (world) => {
      const address = {
        ...identity(world, 'target.example'),
        isDomain: false,
        dkim: { signing: false, status: 'NOT_STARTED' },
      };
      world.identities['no-reply@target.example'] = address;
      world.identities['target.example'] = undefined;
    },
    found: ['note dkim no-reply@target.example'],
    fix: /Verify the domain/,
  },
  {
    name: 'an address waits for its link',
    plant: (world) => {
      const address = {
        ...identity(world, 'target.example'),
        isDomain: false,
        verified: false,
        verification: 'PENDING',
      };
      world.identities['no-reply@target.example'] = address;
    },
    found: ['wrong identity no-reply@target.example'],
    fix: /Follow the link/,
  },
  {
    name: 'DKIM fails',
    plant: (world) => {
      identity(world).dkim = { signing: true, status: 'FAILED' };
    },
    found: ['wrong dkim ledger.example'],
    fix: /CNAME/,
  },
  {
    name: 'DKIM is switched off',
    plant: (world) => {
      identity(world).dkim = { signing: false, status: 'SUCCESS' };
    },
    found: ['wrong dkim ledger.example'],
    fix: /--signing-enabled/,
  },
  {
    name: 'there is no MAIL FROM domain',
    plant: (world) => {
      identity(world).mailFrom = null;
    },
    found: ['note mail-from ledger.example'],
    fix: /bounce\.ledger\.example/,
  },
  {
    name: 'the MAIL FROM domain does not work',
    plant: (world) => {
      identity(world).mailFrom = { domain: 'bounce.ledger.example', status: 'FAILED' };
    },
    found: ['wrong mail-from ledger.example'],
    fix: /feedback-smtp\.eu-central-1\.amazonses\.com/,
  },
  {
    name: 'SES could not read DNS of the MAIL FROM domain',
    plant: (world) => {
      identity(world).mailFrom = { domain: 'bounce.ledger.example', status: 'TEMPORARY_FAILURE' };
    },
    found: ['unknown mail-from ledger.example'],
  },
  {
    name: 'SPF is missing',
    plant: (world) => {
      world.dns['bounce.ledger.example'] = ['other=1'];
    },
    found: ['wrong spf ledger.example'],
    fix: /v=spf1 include:amazonses\.com ~all/,
  },
  {
    name: 'SPF does not let SES send',
    plant: (world) => {
      world.dns['bounce.ledger.example'] = ['v=spf1 ip4:192.0.2.7 -all'];
    },
    found: ['wrong spf ledger.example'],
    fix: /Add include:amazonses\.com/,
  },
  {
    name: 'SPF refuses SES by name',
    plant: (world) => {
      world.dns['bounce.ledger.example'] = ['v=spf1 -include:amazonses.com ~all'];
    },
    found: ['wrong spf ledger.example'],
  },
  {
    name: 'SPF includes itself and nobody else',
    plant: (world) => {
      world.dns['bounce.ledger.example'] = ['v=spf1 include:bounce.ledger.example ~all'];
    },
    found: ['wrong spf ledger.example'],
  },
  {
    name: 'there are two SPF records',
    plant: (world) => {
      world.dns['bounce.ledger.example'] = ['v=spf1 include:amazonses.com ~all', 'v=spf1 -all'];
    },
    found: ['wrong spf ledger.example'],
    says: /2 SPF records/,
  },
  {
    name: 'DMARC is missing',
    plant: (world) => {
      world.dns['_dmarc.ledger.example'] = [];
    },
    found: ['wrong dmarc ledger.example'],
    fix: /_dmarc\.ledger\.example TXT/,
  },
  {
    name: 'there are two DMARC records',
    plant: (world) => {
      world.dns['_dmarc.ledger.example']?.push('v=DMARC1; p=none');
    },
    found: ['wrong dmarc ledger.example'],
  },
  {
    name: 'DMARC names no policy',
    plant: (world) => {
      world.dns['_dmarc.ledger.example'] = ['v=DMARC1; rua=mailto:a@ledger.example'];
    },
    found: ['wrong dmarc ledger.example'],
  },
  {
    name: 'DMARC asks for nothing',
    plant: (world) => {
      world.dns['_dmarc.ledger.example'] = ['v=DMARC1; p=none; rua=mailto:a@ledger.example'];
    },
    found: ['note dmarc ledger.example'],
    says: /p=none/,
  },
  {
    name: 'DMARC asks for no reports',
    plant: (world) => {
      world.dns['_dmarc.ledger.example'] = ['v=DMARC1; p=reject'];
    },
    found: ['note dmarc ledger.example'],
    fix: /rua=mailto/,
  },
  {
    name: 'DMARC is strict and neither DKIM nor SPF is of the domain itself',
    plant: (world) => {
      world.outputs.set('Senders', '*@ledger.example no-reply@news.ledger.example');
      world.dns['_dmarc.news.ledger.example'] = ['v=DMARC1; p=reject; rua=mailto:a@b.example; adkim=s; aspf=s'];
    },
    found: ['wrong dmarc news.ledger.example'],
    says: /aligned/,
    fix: /Verify news\.ledger\.example/,
  },
  {
    name: 'an identity was un-wired by SES',
    plant: (world) => {
      topics(world).Bounce = null;
      identity(world).forwarding = true;
    },
    found: ['note email-forwarding ledger.example', 'wrong identity-topics ledger.example'],
    says: /un-wires/,
    fix: /runbook/,
  },
  {
    name: 'somebody took the topics off an identity',
    plant: (world) => {
      Object.assign(topics(world), { Bounce: null, Complaint: null, Delivery: null });
    },
    found: ['wrong identity-topics ledger.example'],
    gone: ['note double-notification ledger.example'],
    says: /no topic for Bounce and Complaint/,
  },
  {
    name: 'another system has taken an identity',
    plant: (world) => {
      Object.assign(topics(world), { Bounce: FOREIGN, Complaint: FOREIGN });
    },
    found: ['wrong identity-topics ledger.example'],
    says: /Theirs/,
    fix: /replace/,
  },
  {
    name: 'another system gets the deliveries',
    plant: (world) => {
      topics(world).Delivery = FOREIGN;
    },
    found: ['note identity-topics ledger.example'],
  },
  {
    name: 'a sender that is not ours to wire has a topic of another system',
    plant: (world) => {
      world.outputs.set('Senders', '*@ledger.example *@target.example');
      topics(world, 'target.example').Bounce = FOREIGN;
    },
    found: ['note double-notification target.example'],
    says: /reported there and here/,
  },
  {
    name: 'feedback goes by e-mail as well',
    plant: (world) => {
      identity(world).forwarding = true;
    },
    found: ['note email-forwarding ledger.example'],
    fix: /--no-email-forwarding-enabled/,
  },
  {
    name: 'a configuration set is gone',
    plant: (world) => {
      world.sets.second = undefined;
    },
    found: ['wrong configuration-set second'],
  },
  {
    name: 'the breaker has paused the default configuration set',
    plant: (world) => {
      set(world).sendingEnabled = false;
      world.pauses.main = {
        at: NOW,
        by: 'breaker',
        cause: { kind: 'bounces', source: 'own', rate: 0.06, line: 0.05, events: 60, volume: 1000, since: NOW - 1000 },
      };
    },
    found: ['wrong configuration-set main'],
    says: /by the circuit breaker/,
    fix: /ses-suppressor resume$/,
  },
  {
    name: 'another configuration set is paused, and not by this deployment',
    plant: (world) => {
      set(world, 'second').sendingEnabled = false;
    },
    found: ['wrong configuration-set second'],
    says: /not by this deployment/,
    fix: /--configuration-set-name second --sending-enabled/,
  },
  {
    name: 'SES measures no rates',
    plant: (world) => {
      set(world).reputationMetrics = false;
    },
    found: ['wrong reputation-metrics main'],
  },
  {
    name: 'a configuration set overrides the account and withholds nothing',
    plant: (world) => {
      set(world, 'second').suppressedReasons = [];
    },
    found: ['note configuration-set-suppression second'],
    says: /BOUNCE and COMPLAINT/,
  },
  {
    name: 'the event destination is gone',
    plant: (world) => {
      world.destinations.main = [{ name: 'theirs', enabled: true, events: ['BOUNCE', 'COMPLAINT'], topicArn: FOREIGN }];
    },
    found: ['wrong event-destination main'],
    says: /publishes nothing/,
  },
  {
    name: 'the event destination is switched off',
    plant: (world) => {
      world.destinations.main = [{ ...destination(world), enabled: false }];
    },
    found: ['wrong event-destination main'],
    says: /switched off/,
  },
  {
    name: 'complaints are not published',
    plant: (world) => {
      world.destinations.main = [{ ...destination(world), events: ['BOUNCE', 'DELIVERY'] }];
    },
    found: ['wrong event-destination main'],
    says: /does not publish COMPLAINT/,
  },
  {
    name: 'neither deliveries nor sends are published',
    plant: (world) => {
      const events = destination(world).events.filter((type) => type !== 'DELIVERY');
      world.destinations.main = [{ ...destination(world), events }];
    },
    found: ['note event-destination main'],
  },
  {
    name: 'subscriptions are not published',
    plant: (world) => {
      const events = destination(world).events.filter((type) => type !== 'SUBSCRIPTION');
      world.destinations.main = [{ ...destination(world), events }];
    },
    found: ['note event-destination main'],
    says: /SUBSCRIPTION/,
  },
  {
    name: 'the topic is gone',
    plant: (world) => {
      world.topic = null;
    },
    found: [`wrong topic ${TOPIC}`],
  },
  ...['alias/aws/sns', 'arn:aws:kms:eu-central-1:123456789012:alias/aws/sns'].map((keyId) => ({
    name: `the topic is encrypted with ${keyId}`,
    plant: (world: World) => {
      Object.assign(world.topic ?? {}, { keyId });
    },
    found: [`wrong topic ${TOPIC}`],
    fix: /customer-managed key/,
  })),
  {
    name: 'the topic is not encrypted',
    plant: (world) => {
      Object.assign(world.topic ?? {}, { keyId: null });
    },
    found: [`note topic ${TOPIC}`],
  },
  {
    name: 'nothing was published for two weeks, so nobody knows whether SES can use the key',
    plant: (world) => {
      world.metrics['AWS/SNS NumberOfMessagesPublished Suppressor-Topic'] = 0;
    },
    found: [`unknown topic ${TOPIC}`],
    fix: /smoke/,
  },
  {
    name: 'the policy of the topic forgot an identity',
    plant: (world) => {
      const policy = policyOf(world);
      policy.Statement.splice(1, 1);
      Object.assign(world.topic ?? {}, { policy: JSON.stringify(policy) });
    },
    found: [`wrong topic-policy ${TOPIC}`],
    says: /identity\/ledger\.example/,
  },
  {
    name: 'the policy of the topic names another account',
    plant: (world) => {
      const policy = policyOf(world);
      policy.Statement[2].Condition.StringEquals['AWS:SourceAccount'] = '999999999999';
      Object.assign(world.topic ?? {}, { policy: JSON.stringify(policy) });
    },
    found: [`wrong topic-policy ${TOPIC}`],
    says: /configuration-set\/main, configuration-set\/second/,
  },
  {
    name: 'the policy of the topic cannot be read',
    plant: (world) => {
      Object.assign(world.topic ?? {}, { policy: '{' });
    },
    found: [`wrong topic-policy ${TOPIC}`],
  },
  {
    name: 'the queue is not subscribed',
    plant: (world) => {
      world.subscriptions[TOPIC] = [
        { protocol: 'sqs', endpoint: 'arn:aws:sqs:eu-central-1:123456789012:Other', confirmed: true },
      ];
    },
    found: [`wrong subscription ${TOPIC}`],
  },
  {
    name: 'the subscription waits to be confirmed',
    plant: (world) => {
      world.subscriptions[TOPIC] = (world.subscriptions[TOPIC] ?? []).map((each) => ({ ...each, confirmed: false }));
    },
    found: [`wrong subscription ${TOPIC}`],
    says: /not confirmed/,
  },
  {
    name: 'nobody hears the alarms',
    plant: (world) => {
      world.subscriptions[ALARMS] = [];
    },
    found: [`note alarm-subscription ${ALARMS}`],
    fix: /^aws --region eu-central-1 sns subscribe/,
  },
  {
    name: 'somebody has not followed the link',
    plant: (world) => {
      world.subscriptions[ALARMS] = [{ protocol: 'email', endpoint: 'oncall@ledger.example', confirmed: false }];
    },
    found: [`note alarm-subscription ${ALARMS}`],
    says: /oncall@ledger\.example/,
  },
  {
    name: 'the feedback queue is gone',
    plant: (world) => {
      world.queues.Feedback = null;
    },
    found: ['wrong queue-backlog feedback queue'],
  },
  {
    name: 'much feedback waits',
    plant: (world) => {
      world.queues.Feedback = 12_000;
    },
    found: ['note queue-backlog feedback queue'],
    says: /12,000/,
  },
  {
    name: 'feedback waits for long',
    plant: (world) => {
      world.metrics['AWS/SQS ApproximateAgeOfOldestMessage Feedback'] = 1200;
    },
    found: ['wrong queue-age feedback queue'],
    says: /20 minutes/,
  },
  {
    name: 'requests wait for long',
    plant: (world) => {
      world.metrics['AWS/SQS ApproximateAgeOfOldestMessage Sends'] = 4 * 3600;
    },
    found: ['wrong queue-age send queue'],
  },
  ...(
    [
      ['Dead', 'feedback'],
      ['Undelivered', 'undelivered'],
      ['FailedSends', 'failed-sends'],
      ['SendDead', 'sends'],
    ] as const
  ).map(([queue, name]) => ({
    name: `the dead-letter queue ${name} holds something`,
    plant: (world: World) => {
      world.queues[queue] = 2;
    },
    found: [`wrong dead-letters ${name}`],
    says: /2 dead letters/,
    fix: new RegExp(`^ses-suppressor redrive ${name} shows`),
  })),
  {
    name: 'a dead-letter queue is gone',
    plant: (world) => {
      world.queues.Dead = null;
    },
    found: ['wrong dead-letters feedback'],
  },
  {
    name: 'nobody may send',
    plant: (world) => {
      world.outputs.set('Senders', 'none: add "senders" (addresses or @domains) to the configuration');
    },
    found: ['note senders send function'],
  },
  {
    name: 'the bounce rate of the account is at the line of review',
    plant: (world) => {
      world.metrics['AWS/SES Reputation.BounceRate'] = 0.05;
    },
    found: ['wrong reputation account'],
    says: /5 %/,
    fix: /#the-bounce-rate-rises/,
  },
  {
    name: 'the complaint rate of the configuration set is where SES pauses accounts',
    plant: (world) => {
      world.metrics['AWS/SES Reputation.ComplaintRate main'] = 0.006;
    },
    found: ['wrong reputation main'],
    says: /0\.6 %.*may pause/,
  },
  {
    name: 'the bounce rate is at half of the line',
    plant: (world) => {
      world.metrics['AWS/SES Reputation.BounceRate main'] = 0.03;
    },
    found: ['note reputation main'],
  },
  {
    name: 'SES has no rate yet',
    plant: (world) => {
      delete world.metrics['AWS/SES Reputation.ComplaintRate'];
    },
    found: ['unknown reputation account'],
  },
  {
    name: 'the list is gone',
    plant: (world) => {
      world.tables.Suppressions = null;
    },
    found: ['wrong table Suppressions'],
    says: /every send is refused/,
  },
  {
    name: 'the table of sends is gone',
    plant: (world) => {
      world.tables.Messages = null;
    },
    found: ['wrong table Messages'],
  },
  {
    name: 'the key of the list is disabled',
    plant: (world) => {
      world.tables.Suppressions = { ...table(world), status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' };
    },
    found: ['wrong table Suppressions'],
  },
  {
    name: 'the list has other keys',
    plant: (world) => {
      world.tables.Suppressions = { ...table(world), key: { partition: 'email (S)', sort: 'none' } };
    },
    found: ['wrong table Suppressions'],
    says: /email \(S\)/,
  },
  {
    name: 'the list has no index',
    plant: (world) => {
      world.tables.Suppressions = { ...table(world), indexes: new Map() };
    },
    found: ['wrong table Suppressions'],
    says: /no index recent/,
  },
  {
    name: 'nothing expires',
    plant: (world) => {
      world.expiry.Suppressions = null;
    },
    found: ['wrong table-ttl Suppressions'],
    fix: /AttributeName=expiresAt/,
  },
  {
    name: 'the table of sends expires by another attribute',
    plant: (world) => {
      world.expiry.Messages = 'ttl';
    },
    found: ['wrong table-ttl Messages'],
    says: /by ttl/,
  },
  {
    name: 'the list cannot be restored',
    plant: (world) => {
      world.recovery = false;
    },
    found: ['wrong table-recovery Suppressions'],
    fix: /PointInTimeRecoveryEnabled=true/,
  },
  {
    name: 'the list can be deleted',
    plant: (world) => {
      world.protection = false;
    },
    found: ['wrong table-protection Suppressions'],
    fix: /--deletion-protection-enabled/,
  },
  {
    name: 'an earlier stack has left its list',
    plant: (world) => {
      world.tables.Old = table(world);
      world.tables.Adopted = table(world);
      world.tables.Foreign = table(world);
      world.tablesOfStacks.add('Adopted');
      world.owners.Foreign = 'AnotherStack';
    },
    found: ['note orphaned-tables eu-central-1'],
    says: /no stack here uses: Old$/,
  },
  {
    name: 'the feedback function fails',
    plant: (world) => {
      world.metrics['AWS/Lambda Errors feedback-fn'] = 7;
    },
    found: ['wrong function-errors feedback-fn'],
    says: /7 times/,
  },
  {
    name: 'the send function refuses requests',
    plant: (world) => {
      world.metrics['AWS/Lambda Errors send-fn'] = 1;
    },
    found: ['note function-errors send-fn'],
    says: /1 time /,
  },
  {
    name: 'a function is throttled',
    plant: (world) => {
      world.metrics['AWS/Lambda Throttles send-fn'] = 3;
    },
    found: ['wrong function-throttles send-fn'],
  },
];

test('a deployment as it should be has nothing wrong, and every check had its say', async () => {
  const { exit, findings } = await examine(new World());
  expect(exit).toBe(0);
  expect(marks(findings)).toEqual(HEALTHY);
  const said = new Set(findings.map(({ check }) => check));
  expect(CHECKS.map(({ name }) => name).filter((name) => !said.has(name))).toEqual([]);
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
});

test.each(FAULTS)('finds that $name, and nothing else', async ({ plant, found, gone = [], says, fix }) => {
  const world = new World();
  plant(world);
  const { exit, findings } = await examine(world);
  const expected = [...HEALTHY.filter((mark) => !gone.includes(mark)), ...found].sort();
  expect(marks(findings).sort()).toEqual(expected);
  expect(exit).toBe(found.some((mark) => mark.startsWith('wrong')) ? 3 : 0);
  const [main] = findings.filter(({ status, check, about }) => found.at(-1) === `${status} ${check} ${about}`);
  if (says !== undefined) expect(main?.message).toMatch(says);
  if (fix !== undefined) expect(main?.fix).toMatch(fix);
});

test('every check but those of no consequence has a fault that finds it', () => {
  const found = new Set(FAULTS.flatMap((fault) => fault.found.map((mark) => mark.split(' ')[1])));
  // found in its own test: its fault keeps all of SES from being asked
  found.add('region');
  expect(CHECKS.map(({ name }) => name).filter((name) => !found.has(name))).toEqual([]);
});
