import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../local/cloud.ts';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { functionsAt } from '../../local/fixtures/functions-at.ts';
import { lines } from '../harness.ts';
import { SmokeLine } from '../schemas/smoke.ts';
import { onCloud } from './harness.ts';

jest.setTimeout(120_000);

let cloud: LocalCloud | undefined;
afterEach(async () => {
  await cloud?.stop();
  cloud = undefined;
});

const start = async (options: LocalCloudOptions = {}): Promise<LocalCloud> => {
  cloud = await startLocalCloud({ delays: [1, 20], ...options });
  return cloud;
};

const smoke = async (on: LocalCloud, ...args: readonly string[]) => {
  const { exit, out, err } = await onCloud(on)(['smoke', '--json', ...args]);
  const steps = lines(out).map((line) => v.parse(SmokeLine, line));
  const name = (address: string): string => address.slice(0, address.indexOf('+'));
  const told = steps.map(
    ({ step, address, ok, message }) => `${ok ? 'ok' : 'FAILED'} ${step} ${name(address)}: ${message}`,
  );
  return { exit, err, steps, told };
};

/** How many rows the list has. */
const rows = async (on: LocalCloud): Promise<number> => {
  const { out } = await onCloud(on)(['list', '--json']);
  return lines(out).length;
};

test('is green on a local cloud, in the sandbox too, and leaves nothing behind', async () => {
  const on = await start();
  on.account.sandbox = true;
  on.account.everySenderVerified = false;
  on.account.verified.add('ledger.example');
  const { exit, err, steps, told } = await smoke(on);
  expect([exit, err]).toEqual([0, '']);
  const sorted = [...told].sort();
  expect(sorted).toEqual([
    'ok clean-up bounce: taken off the list',
    'ok clean-up complaint: taken off the list',
    'ok clean-up suppressionlist: taken off the list',
    'ok list bounce: blocked for hard-bounce',
    'ok list complaint: blocked for complaint',
    expect.stringMatching(/^ok list success: not in the list \d+\.\d s after it was mailed$/),
    'ok list suppressionlist: blocked for global-list',
    'ok send bounce: sent',
    'ok send complaint: sent',
    'ok send success: sent',
    'ok send suppressionlist: sent',
    'ok send-again bounce: withheld for hard-bounce',
  ]);
  expect(await rows(on)).toBe(0);
  expect(on.inbox.accepted).toBe(4);
  expect(new Set(on.inbox.mails.map(({ source }) => source))).toEqual(new Set(['no-reply@ledger.example']));
  const labels = steps.map(({ address }) => address.slice(address.indexOf('+'), address.indexOf('@')));
  expect(new Set(labels).size).toBe(1);

  const again = await smoke(on, '--from', 'Ledger <receipts@ledger.example>');
  expect(again.exit).toBe(0);
  expect(again.steps[0]?.address).not.toBe(steps[0]?.address);
  expect(on.inbox.last?.source).toContain('receipts@ledger.example');
});

test('feedback that never arrives is named, with the command that says why', async () => {
  const on = await start({ functions: functionsAt('drops') });
  const { exit, told, steps } = await smoke(on, '--timeout', '1');
  expect(exit).toBe(1);
  expect(told).toEqual([
    'ok send bounce: sent',
    'ok send complaint: sent',
    'ok send suppressionlist: sent',
    'ok send success: sent',
    'FAILED list bounce: should be blocked for hard-bounce, but is not in the list after 1.0 s',
    'FAILED list complaint: should be blocked for complaint, but is not in the list after 1.0 s',
    'FAILED list suppressionlist: should be blocked for global-list, but is not in the list after 1.0 s',
    'FAILED list success: not in the list, which says nothing where no feedback arrives',
  ]);
  const failed = steps.filter(({ ok }) => !ok);
  expect(failed.map(({ fix }) => fix)).toEqual(
    Array(4).fill(`ses-suppressor doctor --endpoint ${on.addresses.lambda}`),
  );
});

test('a send function that does not heed the list is found by the second mail', async () => {
  const on = await start({ functions: functionsAt('heedless') });
  const { exit, told } = await smoke(on);
  expect(exit).toBe(1);
  expect(told.filter((line) => line.startsWith('FAILED'))).toEqual([
    'FAILED send-again bounce: should be withheld for hard-bounce, but is sent',
  ]);
  expect(await rows(on)).toBe(0);
});

test('a list that cannot be read refuses the first mail', async () => {
  const on = await start();
  const client = new DynamoDBClient({ ...DUMMY_CREDENTIALS, endpoint: on.addresses.dynamodb });
  await client.send(new DeleteTableCommand({ TableName: on.addresses.table }));
  client.destroy();
  const { exit, told } = await smoke(on);
  expect(exit).toBe(1);
  expect(told).toEqual([expect.stringMatching(/^FAILED send bounce: ListUnavailable: /)]);
  expect(on.inbox.accepted).toBe(0);
});

test('a sender that is not verified fails at the first mail, and says so', async () => {
  const on = await start();
  on.account.sandbox = true;
  on.account.everySenderVerified = false;
  const { exit, told, steps } = await smoke(on, '--from', 'no-reply@unknown.example');
  expect(exit).toBe(1);
  expect(told).toEqual([expect.stringMatching(/^FAILED send bounce: SenderNotVerified: .*no-reply@unknown\.example/)]);
  expect(steps[0]?.fix).toMatch(/Verify the sender.*--from.*doctor --endpoint http:\/\/127/);
  expect(on.inbox.accepted).toBe(0);
});
