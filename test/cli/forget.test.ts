import * as v from 'valibot';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { keyText } from '../../core/entry/entry.ts';
import { addressOf } from '../adapters/samples.ts';
import { cli, ledgerThatLearnt, lines, NOW, teach } from './harness.ts';
import { bounce, complaint } from './messages.ts';
import { ForgetLine } from './schemas/decide.ts';

const PAT = 'pat@target.example';
const TEXTS = /user unknown|sam|asked by phone/;
const known = async (): Promise<MemoryLedger> => {
  const ledger = await ledgerThatLearnt([bounce()]);
  for (const scope of ['*', 'newsletter'])
    await cli(['add', PAT, '--scope', scope, '--by', 'sam', '--note', 'asked by phone'], { ledger });
  return ledger;
};
const held = (ledger: MemoryLedger) => JSON.stringify(ledger.items);

test('shows what it would drop, and changes nothing', async () => {
  const ledger = await known();
  const before = held(ledger);
  const { exit, out } = await cli(['forget', 'Pat@target.example'], { ledger });
  expect(exit).toBe(0);
  expect(out).toMatch(
    new RegExp(
      [
        '^pat@target\\.example',
        '  \\*: 1 answer of servers, who decided, a note to be forgotten; it stays suppressed',
        '  newsletter: who decided, a note to be forgotten; it stays suppressed',
        'Nothing was changed; --yes does it\\.',
        'Still known elsewhere:',
        '  backups of the table: .*35 days',
      ].join('\n'),
    ),
  );
  expect(out).toMatch(/the table of sends: .*30 days\n.*logs: .*one month/s);
  expect(held(ledger)).toBe(before);
});

test('drops every text in every scope, and keeps the blocks', async () => {
  const ledger = await known();
  expect(held(ledger)).toMatch(TEXTS);
  const { exit, out } = await cli(['forget', PAT, '--yes', '--json'], { ledger });
  expect(exit).toBe(0);
  expect(lines(out).map((line) => v.parse(ForgetLine, line))).toEqual([
    {
      address: PAT,
      scope: '*',
      action: 'forget',
      acted: true,
      status: 'suppressed',
      reason: 'hard-bounce',
      since: '2026-11-10T08:00:00.000Z',
      until: null,
      texts: { diagnostics: 1, reported: 0, operator: true, note: true },
    },
    expect.objectContaining({
      scope: 'newsletter',
      reason: 'manual',
      texts: { diagnostics: 0, reported: 0, operator: true, note: true },
    }),
  ]);
  expect(held(ledger)).not.toMatch(TEXTS);
  expect((await cli(['check', PAT, '--stream', 'newsletter'], { ledger })).exit).toBe(3);
  expect((await cli(['check', PAT], { ledger })).exit).toBe(3);
});

test('keeps no text of feedback that comes in late', async () => {
  const ledger = await known();
  await cli(['forget', PAT, '--yes'], { ledger });
  await teach(ledger, [bounce({ at: '2026-11-19T08:00:00.000Z', id: 'late', said: 'smtp; 550 user unknown' })]);
  expect(held(ledger)).toContain('late');
  expect(held(ledger)).not.toMatch(TEXTS);
});

test('deletes the entries with --unblock, blocks and all', async () => {
  const ledger = await known();
  const dry = await cli(['forget', PAT, '--unblock'], { ledger });
  expect(dry.out).toContain(
    '  *: to be deleted; it blocked mail everywhere\n  newsletter: to be deleted; it blocked mail in the stream newsletter\n',
  );
  expect(ledger.items).toHaveLength(2);
  const { exit, out } = await cli(['forget', PAT, '--unblock', '--yes', '--json'], { ledger });
  expect(exit).toBe(0);
  expect(lines(out).map((line) => v.parse(ForgetLine, line).action)).toEqual(['unblock', 'unblock']);
  expect(ledger.items).toEqual([]);
});

test('does not delete what came in meanwhile', async () => {
  const ledger = await known();
  const read = ledger.read.bind(ledger);
  ledger.read = async (keys) => {
    const found = await read(keys);
    ledger.read = read;
    await teach(ledger, [complaint({ at: '2026-11-19T08:00:00.000Z', id: 'new' })]);
    return found;
  };
  const { exit, err } = await cli(['forget', PAT, '--unblock', '--yes'], { ledger });
  expect([exit, err]).toEqual([1, expect.stringMatching(/^EntryChanged: the entry of scope \* has changed meanwhile/)]);
  expect(ledger.items.map(({ scope }) => scope?.S)).toContain('*');
});

test('says that the list knows nothing of an address, and writes nothing', async () => {
  const ledger = new MemoryLedger();
  const { exit, out } = await cli(['forget', 'new@x.example', '--yes'], { ledger });
  expect([exit, out]).toEqual([0, expect.stringMatching(/^The list knows nothing of new@x\.example\.\nStill known/)]);
  expect((await cli(['forget', 'new@x.example', '--yes', '--json'], { ledger })).out).toBe('');
  expect(ledger.items).toEqual([]);
});

test('cannot forget what it cannot read, but can delete it', async () => {
  const ledger = new MemoryLedger({ now: () => NOW });
  ledger.put({ address: { S: PAT }, scope: { S: '*' }, status: { S: 'suppressed' } });
  expect(await cli(['forget', PAT, '--yes'], { ledger })).toMatchObject({
    exit: 1,
    err: expect.stringMatching(/^EntryUnreadable: /),
  });
  const dry = lines((await cli(['forget', PAT, '--unblock', '--json'], { ledger })).out);
  expect(dry.map((line) => v.parse(ForgetLine, line))).toMatchObject([{ acted: false, status: null, texts: null }]);
  const { exit, out } = await cli(['forget', PAT, '--unblock', '--yes'], { ledger });
  expect([exit, out]).toEqual([0, expect.stringContaining('  *: an entry that cannot be read, deleted\n')]);
  const key = { address: addressOf(PAT), scope: '*' };
  expect((await ledger.read([key])).failed.has(keyText(key))).toBe(false);
});

test('rejects what is no address, and fails where the table does', async () => {
  expect(await cli(['forget', 'x'])).toMatchObject({ exit: 2, err: expect.stringMatching(/^AddressSyntax: /) });
  const ledger = await known();
  ledger.write = () => Promise.reject(new Error('the table is busy'));
  expect(await cli(['forget', PAT, '--yes'], { ledger })).toMatchObject({
    exit: 1,
    err: 'NotWritten: the table is busy\nRun it again: repeating it is harmless.\n',
  });
});
