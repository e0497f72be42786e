import * as v from 'valibot';
import { mailTo } from '../../../local/loop/send-mail.ts';
import { lines } from '../harness.ts';
import { PauseLine, ResumeLine } from '../schemas/switch.ts';
import { withCloud } from './harness.ts';

jest.setTimeout(60_000);

const SET = 'suppressor-local';
const given = withCloud({ delays: [1, 5] });

beforeEach(() => {
  given.cloud.account.settingsRate = null;
});

const send = async () => {
  const outcome = await given.cloud.invoke('send', mailTo(['pat@target.example']));
  const { status, code } = JSON.parse(outcome.ok ? outcome.payload : outcome.error.errorMessage);
  return status ?? code;
};

test('pause stops sends, the breaker lets it be, and resume lets them go on', async () => {
  expect(await send()).toBe('sent');
  const paused = await given.onCloud(['pause', '--note', 'ticket 812', '--json']);
  expect([paused.exit, paused.err]).toEqual([0, '']);
  expect(lines(paused.out).map((line) => v.parse(PauseLine, line))).toMatchObject([
    { configurationSet: SET, changed: true, pause: { by: 'command', note: 'ticket 812' } },
  ]);
  expect(await send()).toBe('SendingPaused');
  const outcome = await given.cloud.invoke('breaker', {});
  expect([outcome.ok && outcome.payload, given.cloud.notices]).toEqual(['"paused"', []]);

  const again = await given.onCloud(['pause']);
  expect([again.exit, again.out]).toEqual([0, expect.stringMatching(/^Already paused: .*: ticket 812\./)]);

  const resumed = await given.onCloud(['resume', '--json']);
  expect([resumed.exit, resumed.err]).toEqual([0, '']);
  expect(lines(resumed.out).map((line) => v.parse(ResumeLine, line))).toMatchObject([
    { configurationSet: SET, changed: true, pause: { note: 'ticket 812' }, resumedAt: expect.any(String) },
  ]);
  expect(await send()).toBe('sent');
  expect(await given.onCloud(['resume'])).toEqual({
    exit: 0,
    out: `Nothing to resume: SES sends with the configuration set ${SET}.\n`,
    err: '',
  });
});

test('pauses and resumes the account', async () => {
  const paused = await given.onCloud(['pause', '--account', '--json']);
  expect(lines(paused.out).map((line) => v.parse(PauseLine, line))).toMatchObject([{ configurationSet: null }]);
  expect([given.cloud.account.sendingPaused, await send()]).toEqual([true, 'SendingPaused']);
  const part = await given.onCloud(['resume']);
  expect([part.exit, part.out, part.err]).toEqual([
    1,
    '',
    expect.stringMatching(/^AccountPaused: .*\n.*resume --account/),
  ]);
  const resumed = await given.onCloud(['resume', '--account']);
  expect([resumed.exit, resumed.out]).toEqual([0, expect.stringMatching(/^Resumed: the whole account\./)]);
  expect(await send()).toBe('sent');
});

test('says that SES has paused the account, and changes nothing', async () => {
  given.cloud.account.enforcement = 'SHUTDOWN';
  const { exit, out, err } = await given.onCloud(['resume']);
  given.cloud.account.enforcement = 'HEALTHY';
  expect([exit, out, err]).toEqual([1, '', expect.stringMatching(/^PausedBySes: /)]);
});

test('takes its time where SES takes one call a second', async () => {
  given.cloud.account.settingsRate = 1;
  for (const name of ['pause', 'resume', 'pause', 'resume']) expect((await given.onCloud([name])).exit).toBe(0);
});
