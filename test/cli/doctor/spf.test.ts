import { commandLine } from '../../../cli/deployment/command-line.ts';
import { spf } from '../../../cli/doctor/checks/spf.ts';
import type { Patient } from '../../../cli/doctor/patient.ts';
import type { Dns } from '../../../cli/doctor/ports.ts';
import { NOW } from '../harness.ts';
import { World } from './healthy.ts';

const NAME = 'bounce.ledger.example';

/** What the check says of a MAIL FROM domain with these records, by name. */
const look = async (records: Readonly<Record<string, string | readonly string[]>>) => {
  const { deployment, ports } = new World().opened();
  const asked: string[] = [];
  const dns: Dns = {
    txt: async (name) => {
      asked.push(name);
      return [records[name] ?? []].flat();
    },
  };
  const patient: Patient = {
    ...ports,
    dns,
    deployment,
    domains: [],
    commandLine: (command) => commandLine(command, { stack: 'Suppressor' }),
    now: NOW,
  };
  const [said] = [await spf.look(patient, 'ledger.example')].flat();
  return { status: said?.status, message: said?.message, asked };
};

const chain = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}.example`, 'v=spf1 ip4:192.0.2.1 -all']));
const includes = (count: number): string => Array.from({ length: count }, (_, i) => `include:s${i}.example`).join(' ');

test.each<[string, Record<string, string | string[]>]>([
  ['the plain record', { [NAME]: 'v=spf1 include:amazonses.com ~all' }],
  ['capitals and a plus', { [NAME]: 'V=SPF1 +Include:AmazonSES.com -ALL' }],
  [
    'a redirect',
    { [NAME]: 'v=spf1 redirect=_spf.ledger.example', '_spf.ledger.example': 'v=spf1 include:amazonses.com' },
  ],
  ['nine lookups before it', { [NAME]: `v=spf1 ${includes(9)} include:amazonses.com -all`, ...chain(9) }],
  ['many after it', { [NAME]: `v=spf1 include:amazonses.com ${includes(20)} -all` }],
  [
    'names that mails make up beside it',
    { [NAME]: 'v=spf1 exists:%{i}.x.example include:%{d}.x.example include:amazonses.com' },
  ],
  [
    'the addresses of SES instead of its name',
    {
      [NAME]: 'v=spf1 ip4:199.255.192.0/22 ip6:2001:db8::/32 ip4:192.0.2.1 -all',
      'amazonses.com': 'v=spf1 ip4:199.255.192.0/22 ip6:2001:db8::/32 -all',
    },
  ],
])('SES may send by %s', async (_what, records) => {
  expect((await look(records)).status).toBe('ok');
});

test.each<[string, Record<string, string | string[]>, RegExp]>([
  ['nothing', {}, /has no SPF record/],
  ['a name that looks like it', { [NAME]: 'v=spf10 include:amazonses.com' }, /has no SPF record/],
  ['two records', { [NAME]: ['v=spf1 include:amazonses.com', 'v=spf1 -all'] }, /has 2 SPF records/],
  ['what stands after "all"', { [NAME]: 'v=spf1 -all include:amazonses.com' }, /does not let SES send/],
  ['a redirect beside "all"', { [NAME]: 'v=spf1 ~all redirect=amazonses.com' }, /does not let SES send/],
  ['a refusal of it', { [NAME]: 'v=spf1 -include:amazonses.com ~all' }, /does not let SES send/],
  [
    'ten lookups before it',
    { [NAME]: `v=spf1 a mx ${includes(8)} include:amazonses.com -all`, ...chain(8) },
    /needs more than 10 lookups before it comes to SES/,
  ],
  [
    'an include that leads to nothing',
    { [NAME]: 'v=spf1 include:gone.example include:amazonses.com -all' },
    /leads to gone\.example, which has no SPF record/,
  ],
  [
    'an include with two records',
    { [NAME]: 'v=spf1 include:two.example include:amazonses.com', 'two.example': ['v=spf1 -all', 'v=spf1 ~all'] },
    /leads to two\.example, which has 2 SPF records/,
  ],
  ['itself', { [NAME]: `v=spf1 include:${NAME} ~all` }, /needs more than 10 lookups/],
  [
    'some of the addresses of SES',
    {
      [NAME]: 'v=spf1 ip4:199.255.192.0/22 -all',
      'amazonses.com': 'v=spf1 ip4:199.255.192.0/22 ip4:54.240.0.0/18 -all',
    },
    /does not let SES send/,
  ],
])('SES may not send by %s', async (_what, records, says) => {
  const { status, message } = await look(records);
  expect([status, message]).toEqual(['wrong', expect.stringMatching(says)]);
});

test('names that each mail makes up are unknown, and DNS is never asked for them', async () => {
  const { status, asked } = await look({ [NAME]: 'v=spf1 include:%{ir}.%{v}.x.example -all' });
  expect(status).toBe('unknown');
  expect(asked).toEqual([NAME, 'amazonses.com']);
});

test('no record makes it ask without end', async () => {
  const { asked } = await look({
    [NAME]: `v=spf1 include:a.example include:b.example -all`,
    'a.example': 'v=spf1 ?include:b.example ?include:b.example -all',
    'b.example': 'v=spf1 ?include:a.example ?include:a.example -all',
  });
  expect(asked.length).toBeLessThanOrEqual(12);
});
