import fc from 'fast-check';
import { CliError } from '../../../cli/cli-error.ts';
import { fromAddress } from '../../../cli/smoke/from-address.ts';
import { Stage } from './stage.ts';

const refusal = (code: string, remedy = 'Mend it.') =>
  ({ ok: false, code, message: `because of ${code}`, remedy }) as const;

test('is green where every row comes and none comes that should not', async () => {
  const stage = new Stage();
  const { exit, err, told, steps } = await stage.smoke();
  expect([exit, err]).toEqual([0, '']);
  expect(told).toEqual([
    'ok send bounce: sent',
    'ok send complaint: sent',
    'ok send suppressionlist: sent',
    'ok send success: sent',
    'ok list suppressionlist: blocked for global-list',
    'ok list bounce: blocked for hard-bounce',
    'ok list complaint: blocked for complaint',
    expect.stringMatching(/^ok list success: not in the list \d+\.\d s after it was mailed$/),
    'ok send-again bounce: withheld for hard-bounce',
    'ok clean-up bounce: taken off the list',
    'ok clean-up complaint: taken off the list',
    'ok clean-up suppressionlist: taken off the list',
  ]);
  expect(stage.ledger.items).toEqual([]);
  expect(stage.mails.map(({ from }) => from)).toEqual(Array(5).fill('no-reply@ledger.example'));
  const slowest = Math.max(
    ...steps
      .filter(({ step, ok }) => step === 'list' && ok)
      .slice(0, 3)
      .map(({ ms }) => ms),
  );
  const absence = steps.find(({ step, address }) => step === 'list' && address.startsWith('success'));
  expect(absence?.ms).toBeGreaterThanOrEqual(2 * slowest);
});

test('never uses a label twice', async () => {
  const stage = new Stage();
  await stage.smoke();
  await stage.smoke();
  expect(new Set(stage.mails.map(({ to }) => to[0])).size).toBe(8);
});

test('touches no entry of anybody else', async () => {
  const stage = new Stage();
  await stage.put('pat@target.example', 'complaint');
  await stage.put('bounce@simulator.amazonses.com', 'hard-bounce');
  expect((await stage.smoke()).exit).toBe(0);
  expect(stage.ledger.items.map(({ address }) => address?.S).sort()).toEqual([
    'bounce@simulator.amazonses.com',
    'pat@target.example',
  ]);
});

test('is green beside a copy of the list, which it does not write', async () => {
  const stage = new Stage();
  stage.home = 'eu-west-1';
  const { exit, failed, told } = await stage.smoke();
  expect([exit, failed]).toEqual([0, []]);
  expect(told.slice(-3)).toEqual(
    ['bounce', 'complaint', 'suppressionlist'].map(
      (name) => `ok clean-up ${name}: left to expire, as the list is written in eu-west-1: it blocks for one hour`,
    ),
  );
  expect(stage.ledger.items).toHaveLength(3);
});

test('names the row that does not come, and tidies up the others', async () => {
  const stage = new Stage();
  stage.delays.complaint = undefined;
  const { exit, failed, steps } = await stage.smoke('--timeout', '30', '--stack', 'Mail');
  expect(exit).toBe(1);
  expect(failed).toEqual([
    'FAILED list complaint: should be blocked for complaint, but is not in the list after 30.0 s',
  ]);
  expect(steps.find(({ ok }) => !ok)?.fix).toBe('ses-suppressor doctor --stack Mail');
  expect(stage.ledger.items).toEqual([]);
});

test('where no feedback comes at all, an address that is not listed proves nothing', async () => {
  const stage = new Stage();
  for (const name of Object.keys(stage.delays)) stage.delays[name] = undefined;
  const { exit, failed } = await stage.smoke('--timeout', '5');
  expect(exit).toBe(1);
  expect(failed).toEqual([
    ...['bounce', 'complaint', 'suppressionlist'].map((name) =>
      expect.stringMatching(new RegExp(`^FAILED list ${name}: .* but is not in the list after 5\\.0 s$`)),
    ),
    'FAILED list success: not in the list, which says nothing where no feedback arrives',
  ]);
});

test('waits as long as it is told to, and no longer', async () => {
  const late = new Stage();
  late.delays.bounce = 100_000;
  expect((await late.smoke()).exit).toBe(0);
  const tooLate = new Stage();
  tooLate.delays.bounce = 130_000;
  const { failed, told } = await tooLate.smoke();
  expect(failed).toEqual([expect.stringMatching(/bounce: .* after 120\.0 s$/)]);
  expect(told.some((line) => line.includes('send-again complaint'))).toBe(true);
});

test('names a row with another reason than it must have', async () => {
  const stage = new Stage();
  stage.reasons.bounce = 'account-list';
  const { exit, failed } = await stage.smoke('--timeout', '10');
  expect(exit).toBe(1);
  expect(failed).toEqual([
    'FAILED list bounce: should be blocked for hard-bounce, but is blocked for account-list after 10.0 s',
  ]);
});

test('names a row that should not be there', async () => {
  const stage = new Stage();
  Object.assign(stage.delays, { success: 100 });
  stage.reasons.success = 'hard-bounce';
  const { exit, failed } = await stage.smoke();
  expect(exit).toBe(1);
  expect(failed).toEqual(['FAILED list success: should not be in the list, but is blocked for hard-bounce']);
  expect(stage.ledger.items).toEqual([]);
});

test('names a second mail that goes out all the same', async () => {
  const stage = new Stage();
  stage.heeds = false;
  const { exit, failed } = await stage.smoke();
  expect(exit).toBe(1);
  expect(failed).toEqual(['FAILED send-again bounce: should be withheld for hard-bounce, but is sent']);
  // the feedback of the mail that should not have gone out was waited for
  expect(stage.ledger.items).toEqual([]);
  expect(stage.mails).toHaveLength(5);
  await stage.later(60_000);
  expect(stage.ledger.items).toEqual([]);
});

test.each([
  [
    'SenderNotVerified',
    /^Mend it\. Or give another sender with --from; ses-suppressor doctor shows who is verified\.$/,
  ],
  ['ListUnavailable', /^Mend it\. Then: ses-suppressor doctor$/],
])('stops at a first mail that is refused with %s, and mails nobody else', async (code, fix) => {
  const stage = new Stage();
  stage.answers[1] = refusal(code);
  const { exit, told, steps } = await stage.smoke();
  expect(exit).toBe(1);
  expect(told).toEqual([`FAILED send bounce: ${code}: because of ${code}`]);
  expect(steps[0]?.fix).toMatch(fix);
  expect(stage.mails).toHaveLength(1);
});

test('a later mail that is refused ends the run', async () => {
  const stage = new Stage();
  stage.answers[3] = refusal('QuotaExceeded');
  const { exit, failed } = await stage.smoke();
  expect([exit, failed]).toEqual([1, ['FAILED send suppressionlist: QuotaExceeded: because of QuotaExceeded']]);
});

test('a function that cannot be asked fails the step, not the program', async () => {
  const stage = new Stage();
  stage.answers[1] = new CliError('FunctionNotFound', 'the send function does not exist', 'Deploy the stack again.');
  const { exit, err, told } = await stage.smoke();
  expect([exit, err]).toEqual([1, '']);
  expect(told).toEqual(['FAILED send bounce: FunctionNotFound: the send function does not exist']);
});

test('a simulator address that is withheld at the first mail is a failure', async () => {
  const stage = new Stage();
  stage.answers[1] = { ok: true, status: 'suppressed', suppressed: [{ address: 'x', reason: 'manual' }] };
  expect((await stage.smoke()).told).toEqual(['FAILED send bounce: should be sent, but is suppressed (manual)']);
});

test('a list that cannot be read is told with its fault', async () => {
  const stage = new Stage({
    fault: ({ operation }) => {
      if (operation === 'standings' && stage.mails.length >= 4)
        throw Object.assign(new Error('no'), { name: 'ResourceNotFoundException' });
    },
  });
  const { exit, failed } = await stage.smoke('--timeout', '5');
  expect(exit).toBe(1);
  expect(failed[0]).toBe(
    'FAILED list bounce: should be blocked for hard-bounce, but is unknown (TableNotFound: the table does not exist in this Region) after 5.0 s',
  );
});

test('what it may not delete it says, and why that does no harm', async () => {
  const stage = new Stage({
    fault: ({ operation }) => {
      if (operation === 'delete') throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    },
  });
  const { exit, failed, steps } = await stage.smoke();
  expect(exit).toBe(1);
  expect(failed).toEqual(
    ['bounce', 'complaint', 'suppressionlist'].map((name) => `FAILED clean-up ${name}: AccessDenied: not authorized`),
  );
  expect(steps.at(-1)?.fix).toContain('expires within a day');
});

test('a person sees the sender, the price, a line a step and the end', async () => {
  const stage = new Stage();
  const green = await stage.shown();
  expect(green.out).toMatch(
    /^Mails the mailbox simulator from no-reply@ledger\.example, label smoke-[0-9a-f-]+; four mails are billed\.\nFeedback is waited for, up to 120 s\.\n\n/,
  );
  expect(green.out).toMatch(/\nok {6}list {8}bounce {13}\d+ ms {2}blocked for hard-bounce\n/);
  expect(green.out).toMatch(/\n\nGreen: .* in \d+\.\d s\.\n$/);
  stage.heeds = false;
  const red = await stage.shown('--region', 'eu-west-1');
  expect([red.exit, red.err]).toEqual([1, '']);
  expect(red.out).toContain('but is sent\n        → ses-suppressor doctor --region eu-west-1\n');
  expect(red.out).toMatch(/\n\nFailed\.\n$/);
});

test('mails nobody without a sender, or with one that is no address', async () => {
  const stage = new Stage();
  stage.senders = 'none: add "senders" (addresses or @domains) to the configuration';
  const nobody = await stage.smoke();
  expect([nobody.exit, nobody.err]).toEqual([2, expect.stringMatching(/^NoSender: .*\nGive --from/)]);
  const odd = await stage.smoke('--from', 'nobody');
  expect([odd.exit, odd.err]).toEqual([2, expect.stringMatching(/^AddressMalformed: /)]);
  for (const timeout of ['0', '3601', '1.5', 'soon']) expect((await stage.smoke('--timeout', timeout)).exit).toBe(2);
  expect(stage.mails).toEqual([]);
});

test('the sender is the option, else the first whole address, else no-reply at the first domain', () => {
  const local = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}[a-z0-9]$/).filter((text) => !text.includes('..'));
  const domain = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).map((label) => `${label}.example`);
  const pattern = fc.oneof(
    fc.tuple(local, domain).map(([name, at]) => `${name}@${at}`),
    domain.map((at) => `*@${at}`),
  );
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 5 }), (patterns) => {
      const from = fromAddress(undefined, patterns.join(' '));
      const whole = patterns.find((each) => !each.startsWith('*'));
      expect(from).toBe(whole ?? patterns[0]?.replace('*', 'no-reply'));
      expect(fromAddress('Pat <pat@target.example>', patterns.join(' '))).toBe('Pat <pat@target.example>');
    }),
  );
});
