import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import {
  CreateImportJobCommand,
  DeleteSuppressedDestinationCommand,
  GetImportJobCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  type ListSuppressedDestinationsRequest,
  PutSuppressedDestinationCommand,
  type SuppressionListReason,
} from '@aws-sdk/client-sesv2';
import { rawSend, startSes } from './ses-client.ts';

let ses: Awaited<ReturnType<typeof startSes>>;

beforeEach(async () => {
  ses = await startSes();
  ses.account.settingsRate = null;
});
afterEach(() => ses.stop());

const put = (EmailAddress: string, Reason: SuppressionListReason) =>
  ses.v2.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
const get = async (EmailAddress: string) =>
  (await ses.v2.send(new GetSuppressedDestinationCommand({ EmailAddress }))).SuppressedDestination;
const remove = (EmailAddress: string) => ses.v2.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
const list = (request: ListSuppressedDestinationsRequest = {}) =>
  ses.v2.send(new ListSuppressedDestinationsCommand(request));
const listed = async (request: ListSuppressedDestinationsRequest = {}) =>
  (await list(request)).SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress);
const NOT_FOUND = { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } };
const BAD_REQUEST = { name: 'BadRequestException', $metadata: { httpStatusCode: 400 } };

describe("The account's suppression list, asked by the real client", () => {
  test('takes an address, tells of it, changes its reason and lets it go', async () => {
    const before = Date.now();
    await put('pat+news@target.example', 'BOUNCE');
    const found = await get('pat+news@target.example');
    expect(found).toEqual({
      EmailAddress: 'pat+news@target.example',
      Reason: 'BOUNCE',
      LastUpdateTime: expect.any(Date),
    });
    expect(found?.LastUpdateTime?.getTime()).toBeGreaterThanOrEqual(before);
    expect(found?.LastUpdateTime?.getTime()).toBeLessThanOrEqual(Date.now());
    await put('pat+news@target.example', 'COMPLAINT');
    expect(await get('pat+news@target.example')).toMatchObject({ Reason: 'COMPLAINT' });
    await remove('pat+news@target.example');
    await expect(get('pat+news@target.example')).rejects.toMatchObject(NOT_FOUND);
    await expect(remove('pat+news@target.example')).rejects.toMatchObject({
      ...NOT_FOUND,
      message: 'Email address pat+news@target.example does not exist on your suppression list.',
    });
  });

  test('is exact in upper and lower case', async () => {
    await put('Pat@target.example', 'BOUNCE');
    await expect(get('pat@target.example')).rejects.toMatchObject(NOT_FOUND);
    await expect(remove('pat@target.example')).rejects.toMatchObject(NOT_FOUND);
    await put('pat@target.example', 'COMPLAINT');
    expect(await listed()).toEqual(['Pat@target.example', 'pat@target.example']);
  });

  test('tells which mail and which feedback an address is there for', async () => {
    const cause = { messageId: '0100-m', feedbackId: '0100-f' };
    ses.account.suppression.put('pat@target.example', 'BOUNCE', { cause });
    expect(await get('pat@target.example')).toMatchObject({
      Attributes: { MessageId: '0100-m', FeedbackId: '0100-f' },
    });
  });

  test('is listed in pages, by reason and by time', async () => {
    for (const [n, reason] of (['BOUNCE', 'COMPLAINT', 'BOUNCE', 'BOUNCE', 'COMPLAINT'] as const).entries()) {
      const updatedAt = new Date(Date.UTC(2026, 0, 1 + n, 12));
      ses.account.suppression.put(`n${n}@target.example`, reason, { updatedAt });
    }
    const first = await list({ PageSize: 2, Reasons: ['BOUNCE'] });
    expect(first.SuppressedDestinationSummaries).toEqual([
      { EmailAddress: 'n0@target.example', Reason: 'BOUNCE', LastUpdateTime: new Date('2026-01-01T12:00:00Z') },
      { EmailAddress: 'n2@target.example', Reason: 'BOUNCE', LastUpdateTime: new Date('2026-01-03T12:00:00Z') },
    ]);
    const { NextToken } = first;
    const second = await list({ PageSize: 2, Reasons: ['BOUNCE'], NextToken });
    expect(second).toMatchObject({ SuppressedDestinationSummaries: [{ EmailAddress: 'n3@target.example' }] });
    expect(second.NextToken).toBeUndefined();
    expect(await listed({ Reasons: ['BOUNCE', 'COMPLAINT'] })).toHaveLength(5);
    expect(
      await listed({ StartDate: new Date('2026-01-02T12:00:00Z'), EndDate: new Date('2026-01-04T00:00:00Z') }),
    ).toEqual(['n1@target.example', 'n2@target.example']);
    await expect(list({ PageSize: 1001 })).rejects.toMatchObject(BAD_REQUEST);
    await expect(list({ NextToken: 'x' })).rejects.toMatchObject(BAD_REQUEST);
  });

  test.each([
    ['no address', 'target.example', 'BOUNCE'],
    ['no reason of SES', 'pat@target.example', 'DISLIKE'],
  ])('refuses %s', async (_what, address, reason) => {
    await expect(put(address, reason as SuppressionListReason)).rejects.toMatchObject(BAD_REQUEST);
    expect(await listed()).toEqual([]);
  });

  test('cannot be added to in the sandbox', async () => {
    ses.account.sandbox = true;
    await expect(put('pat@target.example', 'BOUNCE')).rejects.toMatchObject({
      ...BAD_REQUEST,
      message: expect.stringContaining('sandbox'),
    });
    expect(ses.account.suppression.size).toBe(0);
  });

  test('takes no import, having no S3', async () => {
    const request = new CreateImportJobCommand({
      ImportDestination: { SuppressionListDestination: { SuppressionListImportAction: 'PUT' } },
      ImportDataSource: { S3Url: 's3://bucket/key', DataFormat: 'CSV' },
    });
    await expect(ses.v2.send(request)).rejects.toMatchObject({
      ...BAD_REQUEST,
      message: expect.stringContaining('S3'),
    });
    await expect(ses.v2.send(new GetImportJobCommand({ JobId: 'j' }))).rejects.toMatchObject(NOT_FOUND);
  });

  test('lets SES accept mail to its addresses all the same', async () => {
    await put('Pat@target.example', 'BOUNCE');
    await ses.client.send(new SendRawEmailCommand(rawSend('pat@target.example')));
    expect([ses.inbox.accepted, ses.account.sentLast24Hours]).toEqual([1, 1]);
  });
});
