import {
  BadRequestException,
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
  type SESv2Client,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { SesAccountList } from '../../adapters/ses-account-list.ts';
import { sesV2Client } from '../../adapters/sesv2-client.ts';
import type { AccountListReason } from '../../core/account-list/account-list.ts';
import { AccountListRefused } from '../../core/account-list/account-list-refused.ts';
import { describeAccountList } from './account-list-contract.ts';

const meta = { $metadata: {} };
const client = () => sesV2Client({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });

/** A clock that only sleeping moves. */
const clock = () => {
  let at = 1000;
  const slept: number[] = [];
  return {
    slept,
    now: () => at,
    sleep: async (millis: number) => {
      slept.push(millis);
      at += millis;
    },
  };
};

/** SES as it answers these calls: exact spellings, pages, 404 for what is not there. */
const fakeSes = () => {
  const real = client();
  const mock = mockClient(real as unknown as SESv2Client);
  const held = new Map<string, { readonly Reason: AccountListReason; readonly LastUpdateTime: Date }>();
  const one = (EmailAddress: string) => {
    const found = held.get(EmailAddress);
    if (found === undefined) throw new NotFoundException({ message: 'not on the list', ...meta });
    return { EmailAddress, ...found };
  };
  mock.on(ListSuppressedDestinationsCommand).callsFake(({ PageSize = 100, NextToken = '0' }) => {
    const from = Number(NextToken);
    const all = [...held.keys()].map(one);
    const page = { SuppressedDestinationSummaries: all.slice(from, from + PageSize) };
    return from + PageSize < all.length ? { ...page, NextToken: String(from + PageSize) } : page;
  });
  mock.on(GetSuppressedDestinationCommand).callsFake(({ EmailAddress }) => ({
    SuppressedDestination: one(EmailAddress),
  }));
  mock.on(PutSuppressedDestinationCommand).callsFake(({ EmailAddress, Reason }) => {
    held.set(EmailAddress, { Reason, LastUpdateTime: new Date(5000) });
    return {};
  });
  mock.on(DeleteSuppressedDestinationCommand).callsFake(({ EmailAddress }) => {
    one(EmailAddress);
    held.delete(EmailAddress);
    return {};
  });
  return { real, mock };
};

describeAccountList('SesAccountList', async () => {
  const { real, mock } = fakeSes();
  const closed = client();
  mockClient(closed as unknown as SESv2Client)
    .on(PutSuppressedDestinationCommand)
    .rejects(new BadRequestException({ message: 'This operation is not available in the sandbox.', ...meta }));
  return {
    list: new SesAccountList({ client: real, region: 'us-east-1', ...clock() }),
    sandboxed: new SesAccountList({ client: closed, region: 'us-east-1', ...clock() }),
    calls: () => mock.calls().length,
  };
});

test('says that the sandbox keeps the list closed, and that what is no address is not on it', async () => {
  const closed = client();
  const message = 'This operation is not available in the sandbox.';
  const mock = mockClient(closed as unknown as SESv2Client).onAnyCommand();
  mock.rejects(new BadRequestException({ message, ...meta }));
  const list = new SesAccountList({ client: closed, region: 'us-east-1', ...clock() });
  await expect(list.remove('pat@target.example')).rejects.toMatchObject({
    name: 'AccountListRefused',
    code: 'SANDBOX',
  });
  await expect(list.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'SANDBOX' });
  mock.rejects(new BadRequestException({ message: 'Invalid email address', ...meta }));
  expect(await list.remove('p t@target.example')).toBe('absent');
  mock.rejects(Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' }));
  await expect(list.remove('pat@target.example')).rejects.toThrow('not allowed');
});

test('asks for pages of a thousand', async () => {
  const { real, mock } = fakeSes();
  const list = new SesAccountList({ client: real, region: 'us-east-1', ...clock() });
  for (let i = 0; i < 1001; i += 1) await list.put(`pat${i}@target.example`, 'BOUNCE');
  for await (const _ of list.list());
  const asked = mock.commandCalls(ListSuppressedDestinationsCommand).map(({ args: [{ input }] }) => input);
  expect(asked).toEqual([{ PageSize: 1000 }, { PageSize: 1000, NextToken: '1000' }]);
});

test('starts no two calls within a second, also when asked for many at once', async () => {
  const { real } = fakeSes();
  const time = clock();
  const starts: number[] = [];
  const list = new SesAccountList({
    client: real,
    region: 'us-east-1',
    now: () => {
      starts.push(time.now());
      return time.now();
    },
    sleep: time.sleep,
  });
  await Promise.all(['a', 'b', 'c'].map((name) => list.put(`${name}@target.example`, 'BOUNCE')));
  expect(time.slept).toEqual([1100, 1100]);
  expect(Math.max(...starts) - Math.min(...starts)).toBe(2200);
});

test('tries a throttled call again, later each time, and lets the next one wait', async () => {
  const real = client();
  const time = clock();
  const throttled = new TooManyRequestsException({ message: 'Rate exceeded', ...meta });
  const mock = mockClient(real as unknown as SESv2Client);
  mock.on(PutSuppressedDestinationCommand).rejectsOnce(throttled).rejectsOnce(throttled).resolves({});
  const list = new SesAccountList({ client: real, region: 'us-east-1', ...time });
  await list.put('pat@target.example', 'BOUNCE');
  expect(mock.calls()).toHaveLength(3);
  expect(time.slept).toEqual([1100, 2200]);
});

test('gives up on a call that is throttled for ever, and goes on with others', async () => {
  const real = client();
  const time = clock();
  const mock = mockClient(real as unknown as SESv2Client);
  mock.on(PutSuppressedDestinationCommand).rejects(new TooManyRequestsException({ message: 'Rate exceeded', ...meta }));
  mock.on(DeleteSuppressedDestinationCommand).resolves({});
  const list = new SesAccountList({ client: real, region: 'us-east-1', ...time });
  await expect(list.put('pat@target.example', 'BOUNCE')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  expect(mock.calls()).toHaveLength(7);
  expect(await list.remove('pat@target.example')).toBe('removed');
});

test('passes other faults on as they are, without a second try', async () => {
  const real = client();
  const mock = mockClient(real as unknown as SESv2Client);
  mock.on(GetSuppressedDestinationCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  const list = new SesAccountList({ client: real, region: 'us-east-1', ...clock() });
  await expect(list.get('pat@target.example')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(mock.calls()).toHaveLength(1);
});

test('tells an address that SES does not take', async () => {
  const real = client();
  mockClient(real as unknown as SESv2Client)
    .on(PutSuppressedDestinationCommand)
    .rejects(new BadRequestException({ message: 'invalid email', ...meta }));
  const put = new SesAccountList({ client: real, region: 'us-east-1', ...clock() }).put('no address', 'BOUNCE');
  await expect(put).rejects.toBeInstanceOf(AccountListRefused);
  await expect(put).rejects.toMatchObject({
    code: 'ADDRESS',
    message: 'SES does not list "no address": invalid email',
  });
});
