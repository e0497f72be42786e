import * as v from 'valibot';
import { openDoctor } from '../../../cli/deployment/open-doctor.ts';
import { CHECKS } from '../../../cli/doctor/all-checks.ts';
import { lines } from '../harness.ts';
import { DoctorLine } from '../schemas/doctor.ts';
import { withCloud } from './harness.ts';

jest.setTimeout(120_000);

const given = withCloud({ delays: [1, 5], configurationSets: ['main', 'second'] });

const NOT_HERE = [
  'stack',
  'dmarc',
  'topic',
  'topic-policy',
  'subscription',
  'queue-age',
  'table-ttl',
  'table-recovery',
  'table-protection',
  'orphaned-tables',
  'function-errors',
  'function-throttles',
  'alarm-subscription',
];

const examine = async (...args: readonly string[]) => {
  const { exit, out, err } = await given.onCloud(['doctor', '--json', ...args]);
  expect(err).toBe('');
  const findings = lines(out).map((line) => v.parse(DoctorLine, line));
  const of = (status: string) =>
    findings.filter((each) => each.status === status).map(({ check, about }) => `${check} ${about}`);
  return { exit, findings, of };
};

test('a fresh local cloud has nothing wrong, says what it could not check, and bears one call a second', async () => {
  const { exit, findings, of } = await examine();
  expect(exit).toBe(0);
  expect(of('wrong')).toEqual([]);
  expect(of('unknown')).toEqual(['reputation account', 'reputation main']);
  const skipped = findings.filter(({ status }) => status === 'not-checked-locally').map(({ check }) => check);
  expect([...new Set(skipped)].sort()).toEqual([...NOT_HERE].sort());
  const known = new Set(CHECKS.map(({ name }) => name));
  expect(findings.filter(({ check }) => !known.has(check))).toEqual([]);
});

test('faults planted in the local cloud are found, and no others', async () => {
  const { cloud } = given;
  const { account } = cloud;
  account.settingsRate = null;
  account.everySenderVerified = false;
  account.verified.add('ledger.example');
  const identity = account.identities.of('ledger.example');
  identity.dkim.status = 'FAILED';
  identity.mailFrom = { domain: 'bounce.ledger.example', status: 'PENDING' };
  account.sandbox = true;
  account.enforcement = 'PROBATION';
  account.max24HourSend = 200;
  account.sentLast24Hours = 200;
  account.configurationSets.get('main')?.delete('Complaint');
  const paused = await given.onCloud(['pause', '--note', 'ticket 812']);
  expect(paused.exit).toBe(0);
  cloud.failedSends.send('{}');
  cloud.metrics.put(
    { namespace: 'AWS/SES', name: 'Reputation.BounceRate', dimensions: {} },
    { count: 1, sum: 0.06, least: 0.06, most: 0.06 },
    Date.now() - 60_000,
  );
  const { exit, findings, of } = await examine('--domain', 'unknown.example');
  expect(exit).toBe(3);
  expect(of('wrong').sort()).toEqual(
    [
      'enforcement account',
      'quota account',
      'identity unknown.example',
      'dkim no-reply@ledger.example',
      'mail-from no-reply@ledger.example',
      'configuration-set main',
      'event-destination main',
      'dead-letters failed-sends',
      'reputation account',
    ].sort(),
  );
  expect(of('note')).toEqual(['sandbox account']);
  expect(findings.find(({ check }) => check === 'configuration-set')?.message).toMatch(
    /^is paused since .*: ticket 812: sends with it are refused$/,
  );
});

test('closed in the middle of a look, it waits for no further turn at SES', async () => {
  const { ports, close } = await openDoctor({ stack: 'Suppressor', endpoint: given.cloud.addresses.lambda });
  await ports.ses.account();
  const next = ports.ses.account();
  close();
  await expect(next).rejects.toMatchObject({ name: 'AbortError' });
});

test('a cloud that has gone is exit 1', async () => {
  const { exit, out, err } = await given.onCloud(['doctor'], {
    openDoctor: () => openDoctor({ stack: 'Suppressor', endpoint: 'http://127.0.0.1:9' }),
  });
  expect([exit, out]).toEqual([1, '']);
  expect(err).toMatch(/^EndpointUnreachable: /);
});
