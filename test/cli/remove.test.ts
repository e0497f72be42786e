import * as v from 'valibot';
import { MemoryAccountList } from '../../adapters/memory-account-list.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { AccountListRefused } from '../../core/account-list/account-list-refused.ts';
import { cli, type Given, ledgerThatLearnt, lines, NOW } from './harness.ts';
import { bounce } from './messages.ts';
import { DecideLine } from './schemas/decide.ts';

const NOTE = ['--note', 'mailbox fixed'];
const listed = (...given: string[]) =>
  given.map((each) => ({ given: each, reason: 'BOUNCE' as const, updatedAt: NOW }));
const sesList = (region: string, ...given: string[]) => new MemoryAccountList({ region, listed: listed(...given) });
const denied = Object.assign(new Error('not authorized to perform: ses:DeleteSuppressedDestination'), {
  name: 'AccessDeniedException',
});

const said = async (args: string[], given: Given) => {
  const ran = await cli([...args, '--json'], given);
  return { ...ran, lines: lines(ran.out).map((line) => v.parse(DecideLine, line)) };
};

test('takes an address off both lists, and says what blocked it', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const ses = sesList('us-east-1', 'pat@target.example', 'ann@target.example');
  expect(await cli(['remove', 'pat@target.example', ...NOTE], { ledger, accountLists: [ses] })).toMatchObject({
    exit: 0,
    err: '',
    out: [
      'pat@target.example is removed everywhere (was suppressed: hard-bounce since 2026-11-10 08:00 UTC)',
      "  SES's list in us-east-1: taken off, as pat@target.example",
      '',
    ].join('\n'),
  });
  expect(ses.listed.map(({ given }) => given)).toEqual(['ann@target.example']);
  expect((await cli(['check', 'pat@target.example'], { ledger })).exit).toBe(0);
  expect((await cli(['explain', 'pat@target.example'], { ledger })).out).toContain('removed by pat');
});

test('takes off the key and the spelling given, in every Region given', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const here = sesList('us-east-1', 'Pat@target.example', 'pat@target.example');
  const there = sesList('eu-west-1', 'PAT@target.example');
  const given = { ledger, accountLists: [here, there] };
  const regions = ['--ses-region', 'us-east-1', '--ses-region', 'eu-west-1'];
  const { exit, lines } = await said(['remove', 'Pat <Pat@target.example>', ...regions, ...NOTE], given);
  expect(exit).toBe(0);
  expect(lines).toEqual([
    {
      address: 'pat@target.example',
      region: 'us-east-1',
      outcome: 'cleared',
      spellings: ['pat@target.example', 'Pat@target.example'],
    },
    { address: 'pat@target.example', region: 'eu-west-1', outcome: 'absent', spellings: [] },
    {
      address: 'pat@target.example',
      scope: '*',
      action: 'remove',
      outcome: 'written',
      status: 'watched',
      reason: null,
      since: null,
      until: null,
    },
  ]);
  expect(here.listed).toEqual([]);
  expect(there.listed).toHaveLength(1);
  expect((await cli(['remove', 'pat@target.example', '--ses-region', 'eu-west-1', ...NOTE], given)).out).toContain(
    "SES's list in eu-west-1: not on it in this spelling; SES lists each spelling by itself, and `sync` finds others",
  );
});

test('asks SES once for an address that is its own key', async () => {
  const ses = sesList('us-east-1');
  await cli(['remove', 'pat@target.example', ...NOTE], { accountLists: [ses] });
  expect(ses.calls).toBe(1);
});

test('leaves an address blocked where SES would only have it blocked again, and tells each Region', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const here = sesList('us-east-1', 'pat@target.example');
  const there = sesList('eu-west-1', 'pat@target.example');
  there.remove = () => Promise.reject(denied);
  const args = ['remove', 'pat@target.example', '--ses-region', 'us-east-1', '--ses-region', 'eu-west-1', ...NOTE];
  const given = { ledger, accountLists: [here, there] };
  const first = await cli(args, given);
  expect(first.exit).toBe(1);
  expect(first.out).toBe(
    "pat@target.example\n  SES's list in us-east-1: taken off, as pat@target.example\n  SES's list in eu-west-1: not reached (AccessDenied)\n",
  );
  expect(first.err).toMatch(
    /^AccessDenied: SES's list in eu-west-1: not authorized.*\n.*ses:DeleteSuppressedDestination/,
  );
  expect(first.err).toMatch(/\nSesListNotCleared: pat@target\.example: not removed: .*eu-west-1.*\n.*--keep-ses-list/);
  expect((await cli(['check', 'pat@target.example'], { ledger })).exit).toBe(3);
  const { lines } = await said(args, given);
  expect(lines).toEqual([
    expect.objectContaining({ region: 'us-east-1', outcome: 'absent' }),
    expect.objectContaining({
      region: 'eu-west-1',
      outcome: 'failed',
      error: expect.objectContaining({ code: 'AccessDenied' }),
    }),
    expect.objectContaining({ action: 'remove', error: expect.objectContaining({ code: 'SesListNotCleared' }) }),
  ]);
  const again = await cli(args, { ledger, accountLists: [here, sesList('eu-west-1', 'pat@target.example')] });
  expect(again.exit).toBe(0);
  expect((await cli(['check', 'pat@target.example'], { ledger })).exit).toBe(0);
});

test('a Region that cannot be opened fails alone', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const overrides = { openAccountList: () => Promise.reject(denied) };
  const { exit, err } = await cli(['remove', 'pat@target.example', '--ses-region', 'eu-west-1', ...NOTE], {
    ledger,
    overrides,
  });
  expect(exit).toBe(1);
  expect(err).toContain("AccessDenied: SES's list in eu-west-1: ");
  expect((await cli(['remove', 'pat@target.example', '--keep-ses-list', ...NOTE], { ledger, overrides })).exit).toBe(0);
});

test('clears the list where SES keeps its own closed, as in the sandbox', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const ses = sesList('us-east-1');
  ses.remove = () => Promise.reject(new AccountListRefused('SANDBOX', 'the account is in the sandbox'));
  const { exit, out } = await cli(['remove', 'pat@target.example', ...NOTE], { ledger, accountLists: [ses] });
  expect([exit, out]).toEqual([0, expect.stringContaining('closed, as the account is in the sandbox there')]);
  expect((await cli(['check', 'pat@target.example'], { ledger })).exit).toBe(0);
});

test("leaves SES's list alone where one stream is meant, or if so asked", async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  await cli(['add', 'pat@target.example', '--scope', 'newsletter', '--note', 'left'], { ledger });
  const ses = sesList('us-east-1', 'pat@target.example');
  const given = { ledger, accountLists: [ses] };
  expect((await cli(['remove', 'pat@target.example', '--scope', 'newsletter', ...NOTE], given)).out).toBe(
    [
      'pat@target.example is removed in the stream newsletter (was suppressed: manual since 2026-11-20 12:00 UTC)',
      '  still withheld everywhere: hard-bounce; leave --scope out',
      '',
    ].join('\n'),
  );
  await cli(['remove', 'pat@target.example', '--keep-ses-list', ...NOTE], given);
  expect(ses.listed).toHaveLength(1);
  expect(ses.calls).toBe(0);
});

test('names the streams that block all the same, and takes all scopes if so asked', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  for (const scope of ['newsletter', 'tenant:acme'])
    await cli(['add', 'pat@target.example', '--scope', scope, '--note', 'left'], { ledger });
  expect((await cli(['remove', 'pat@target.example', ...NOTE], { ledger })).out).toContain(
    '  still withheld in: newsletter; see --scope\n',
  );
  const { lines } = await said(['remove', 'pat@target.example', '--all-scopes', ...NOTE], { ledger });
  expect(lines.slice(1)).toEqual([
    expect.objectContaining({ scope: '*', outcome: 'unchanged', status: 'watched' }),
    expect.objectContaining({ scope: 'newsletter', outcome: 'written', status: 'watched' }),
    expect.objectContaining({ scope: 'tenant:acme', outcome: 'written', status: 'watched' }),
  ]);
});

test('says that nothing blocked an address, and is removed already', async () => {
  const ledger = new MemoryLedger();
  const first = await cli(['remove', 'pat@target.example', ...NOTE], { ledger });
  expect([first.exit, first.out]).toEqual([
    0,
    expect.stringMatching(/^pat@target\.example is removed everywhere \(nothing blocked it\)\n/),
  ]);
  expect((await cli(['remove', 'pat@target.example', ...NOTE], { ledger })).out).toMatch(
    /^pat@target\.example is already removed everywhere\n/,
  );
});

test('asks nothing of SES about an address of the mailbox simulator', async () => {
  const ledger = new MemoryLedger();
  const ses = sesList('us-east-1');
  const address = 'bounce+a@simulator.amazonses.com';
  await cli(['add', address, ...NOTE], { ledger });
  const { exit, lines } = await said(['remove', address, ...NOTE], { ledger, accountLists: [ses] });
  expect([exit, ses.calls]).toEqual([0, 0]);
  expect(lines).toEqual([expect.objectContaining({ address, action: 'remove', status: 'watched' })]);
});

test('takes the good ones, and names the others', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const { exit, lines } = await said(['remove', 'nobody', 'pat@target.example', ...NOTE], { ledger });
  expect(exit).toBe(2);
  expect(lines.map(({ address }) => address)).toEqual([null, 'pat@target.example', 'pat@target.example']);
});

test.each([
  [[], /nothing says what to remove/],
  [['a@x.example', '--reason', 'complaint'], /addresses were given, and a selection too/],
  [['a@x.example', '--yes'], /--yes belongs to a selection/],
  [['--since', '2026-11-02', '--until', '2026-11-02'], /--until is not after --since/],
  [['a@x.example', '--scope', 'newsletter', '--ses-region', 'eu-west-1'], /holds for every mail/],
  [['a@x.example', '--scope', 'newsletter', '--all-scopes'], /cannot be used/],
  [['a@x.example', '--keep-ses-list', '--ses-region', 'eu-west-1'], /cannot be used/],
  [['a@x.example', '--ses-region', 'here'], /Give a Region/],
  [['--domain', 'gmail'], /Give a domain/],
  [['--diagnostic', ' '], /Give a part of what the server said/],
  [['--since', 'yesterday'], /Give a day such as/],
  [['--reason', 'because'], /Allowed choices are/],
])('rejects %j', async (args, words) => {
  const { exit, err } = await cli(['remove', ...args, ...NOTE]);
  expect([exit, err]).toEqual([2, expect.stringMatching(words)]);
});
