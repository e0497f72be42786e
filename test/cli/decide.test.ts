import * as v from 'valibot';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { emptyEntry } from '../../core/entry/entry.ts';
import { DAY } from '../../core/instant.ts';
import { learn } from '../../core/ledger/learn.ts';
import { addressOf } from '../adapters/samples.ts';
import { cli, ledgerThatLearnt, lines, NOW } from './harness.ts';
import { bounce, complaint } from './messages.ts';
import { DecideLine } from './schemas/decide.ts';

const NOTE = ['--note', 'asked by phone'];
const said = async (args: string[], ledger: MemoryLedger) => {
  const ran = await cli(args, { ledger });
  return { ...ran, lines: args.includes('--json') ? lines(ran.out).map((line) => v.parse(DecideLine, line)) : [] };
};

describe('add', () => {
  test('puts addresses on the list, who and why with them', async () => {
    const ledger = new MemoryLedger();
    const { exit, out, err } = await cli(['add', 'Pat <PAT@target.example>', 'ann@target.example', ...NOTE], {
      ledger,
    });
    expect(out).toBe(
      'pat@target.example is suppressed everywhere, without end\nann@target.example is suppressed everywhere, without end\n',
    );
    expect([exit, err]).toEqual([0, '']);
    expect((await cli(['explain', 'pat@target.example'], { ledger })).out).toContain(
      'added by pat 2026-11-20 12:00 UTC: asked by phone',
    );
    expect((await cli(['check', 'ann@target.example'], { ledger })).exit).toBe(3);
  });

  test('says what is so already, and writes nothing then', async () => {
    const ledger = new MemoryLedger();
    await cli(['add', 'pat@target.example', ...NOTE], { ledger });
    const again = await said(['add', 'pat@target.example', ...NOTE, '--json'], ledger);
    expect(again.lines).toEqual([
      {
        address: 'pat@target.example',
        scope: '*',
        action: 'add',
        outcome: 'unchanged',
        status: 'suppressed',
        reason: 'manual',
        since: '2026-11-20T12:00:00.000Z',
        until: null,
      },
    ]);
    expect(ledger.writes).toBe(1);
    expect((await cli(['add', 'pat@target.example', ...NOTE], { ledger })).out).toBe(
      'pat@target.example is already suppressed everywhere, without end\n',
    );
    await cli(['add', 'pat@target.example', ...NOTE, '--by', 'support'], { ledger });
    expect(ledger.writes).toBe(2);
  });

  test('blocks one stream alone', async () => {
    const ledger = new MemoryLedger();
    await cli(['add', 'pat@target.example', '--scope', 'newsletter', ...NOTE], { ledger });
    expect((await cli(['check', 'pat@target.example', '--stream', 'newsletter'], { ledger })).exit).toBe(3);
    expect((await cli(['check', 'pat@target.example', '--stream', 'receipts'], { ledger })).exit).toBe(0);
  });

  test('takes the good ones, and names the others', async () => {
    const ledger = new MemoryLedger();
    const { exit, lines } = await said(
      ['add', 'nobody', 'pat@target.example', 'PAT@target.example', ...NOTE, '--json'],
      ledger,
    );
    expect(exit).toBe(2);
    expect(lines).toEqual([
      { address: null, given: 'nobody', action: 'add', error: { code: 'AddressSyntax', message: expect.any(String) } },
      expect.objectContaining({ address: 'pat@target.example', outcome: 'written' }),
    ]);
    const human = await cli(['add', 'nobody', ...NOTE], { ledger });
    expect([human.exit, human.out]).toEqual([2, expect.stringMatching(/^"nobody" {2}no address: /)]);
  });

  test('goes on after one that failed', async () => {
    const bad = addressOf('bad@target.example');
    const ledger = new MemoryLedger({
      fault: ({ operation, key }) => {
        if (operation === 'write' && key.address === bad)
          throw Object.assign(new Error('not allowed: dynamodb:PutItem'), { name: 'AccessDeniedException' });
      },
    });
    const { exit, err, lines } = await said(['add', bad, 'pat@target.example', ...NOTE, '--json'], ledger);
    expect(exit).toBe(1);
    expect(err).toMatch(/^AccessDenied: bad@target\.example: not allowed: dynamodb:PutItem\n.*dynamodb:PutItem/);
    expect(lines).toEqual([
      { address: bad, scope: '*', action: 'add', error: { code: 'AccessDenied', message: expect.any(String) } },
      expect.objectContaining({ address: 'pat@target.example', outcome: 'written' }),
    ]);
  });

  test('refuses to write a copy of the list', async () => {
    const ledger = new MemoryLedger();
    const opened = { table: 'Copy', policy: DEFAULT_POLICY, ledger, home: 'eu-west-1', close: () => undefined };
    const overrides = { openList: async () => opened };
    for (const command of ['add', 'allow', 'remove'])
      expect(await cli([command, 'pat@target.example', ...NOTE], { overrides })).toMatchObject({
        exit: 1,
        err: expect.stringMatching(/^NotTheHomeRegion: /),
      });
    expect(ledger.writes).toBe(0);
  });
});

describe('allow', () => {
  test('lifts what blocks, and says what did', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    expect(await cli(['allow', 'pat@target.example', ...NOTE], { ledger })).toMatchObject({
      exit: 0,
      out: 'pat@target.example is allowed everywhere, whatever bounces (was suppressed: hard-bounce since 2026-11-10 08:00 UTC)\n',
    });
    expect((await cli(['check', 'pat@target.example'], { ledger })).exit).toBe(0);
    const out = (await cli(['explain', 'pat@target.example'], { ledger })).out;
    expect(out).toContain('pat@target.example is allowed (scope *) by an operator, since 2026-11-20 12:00 UTC.');
    expect(out).toContain('What would end the pin\n  a complaint or an unsubscribe that comes after it');
  });

  test('names the streams that block all the same', async () => {
    const ledger = new MemoryLedger();
    await cli(['add', 'pat@target.example', '--scope', 'newsletter', ...NOTE], { ledger });
    expect((await cli(['allow', 'pat@target.example', ...NOTE], { ledger })).out).toBe(
      'pat@target.example is allowed everywhere, whatever bounces\n  still withheld in: newsletter; see --scope\n',
    );
    expect((await said(['allow', 'pat@target.example', ...NOTE, '--json'], ledger)).lines).toEqual([
      expect.objectContaining({ action: 'allow', outcome: 'unchanged', status: 'allowed', reason: 'manual' }),
    ]);
  });

  test('says that everything is withheld where one stream alone is allowed', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    expect((await cli(['allow', 'pat@target.example', '--scope', 'newsletter', ...NOTE], { ledger })).out).toBe(
      [
        'pat@target.example is allowed in the stream newsletter, whatever bounces',
        '  still withheld everywhere: hard-bounce; leave --scope out',
        '',
      ].join('\n'),
    );
  });

  test('refuses to outrank all that is still to come, and says what to do', async () => {
    const ledger = new MemoryLedger();
    const key = { address: addressOf('pat@target.example'), scope: '*' };
    const wish = {
      id: 'x',
      at: NOW + 900 * DAY,
      rule: 'unsubscribed',
      reason: 'unsubscribe',
      type: 'Unsubscribe',
    } as const;
    await learn(ledger, [{ ...emptyEntry(key), evidence: [wish] }], DEFAULT_POLICY);
    for (const command of ['allow', 'remove']) {
      const { exit, err } = await cli([command, 'pat@target.example', ...NOTE], { ledger });
      expect(exit).toBe(1);
      expect(err).toMatch(
        /^FutureFact: pat@target\.example: something known of it is dated 2029-.*\n.*forget pat@target\.example --unblock/,
      );
    }
    expect((await cli(['forget', 'pat@target.example', '--unblock', '--yes'], { ledger })).exit).toBe(0);
    expect((await cli(['allow', 'pat@target.example', ...NOTE], { ledger })).exit).toBe(0);
  });

  test('does not survive a complaint that comes after it', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    await cli(['allow', 'pat@target.example', ...NOTE], { ledger, overrides: { now: () => NOW - 20 * DAY } });
    await learn(
      ledger,
      [
        {
          ...emptyEntry({ address: addressOf('pat@target.example'), scope: '*' }),
          evidence: [{ id: 'c', at: NOW, rule: 'complaint', reason: 'complaint', type: 'Complaint' }],
        },
      ],
      DEFAULT_POLICY,
    );
    expect((await cli(['check', 'pat@target.example'], { ledger })).exit).toBe(3);
  });
});

test.each([
  [['add', 'pat@target.example'], /required option '--note <text>'/],
  [['add', 'pat@target.example', '--note', ' '], /Give a text such as/],
  [['add', 'pat@target.example', '--note', 'n'.repeat(201)], /200 characters at the most/],
  [['add', 'pat@target.example', ...NOTE, '--by', 'b'.repeat(65)], /64 characters at the most/],
  [['allow', 'pat@target.example', ...NOTE, '--scope', 'a b'], /A scope is \*/],
  [['add', ...NOTE], /missing required argument 'address'/],
])('rejects %j', async (args, words) => {
  const { exit, err } = await cli(args);
  expect([exit, err]).toEqual([2, expect.stringMatching(words)]);
});

test('a complaint is no reason not to be allowed by a person', async () => {
  const ledger = await ledgerThatLearnt([complaint()]);
  await cli(['allow', 'pat@target.example', ...NOTE], { ledger });
  expect((await cli(['check', 'pat@target.example'], { ledger })).exit).toBe(0);
});
