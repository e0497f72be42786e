import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  BadRequestException,
  CreateImportJobCommand,
  GetImportJobCommand,
  type GetImportJobResponse,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { SesImportJobs } from '../../adapters/ses-import-jobs.ts';
import type { ForAccountList } from '../../core/account-list/import-jobs.ts';

const CONFIG = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

const setUp = (...states: readonly GetImportJobResponse[]) => {
  const ses = new SESv2Client(CONFIG);
  const s3 = new S3Client(CONFIG);
  const sesMock = mockClient(ses);
  const s3Mock = mockClient(s3);
  s3Mock.on(PutObjectCommand).resolves({});
  s3Mock.on(DeleteObjectCommand).resolves({});
  sesMock.on(CreateImportJobCommand).resolves({ JobId: 'job-1' });
  const [first = {}, ...rest] = states;
  let answers = sesMock.on(GetImportJobCommand).resolvesOnce(first);
  for (const each of rest) answers = answers.resolvesOnce(each);
  let at = 0;
  let names = 0;
  const jobs = new SesImportJobs({
    ses,
    s3,
    bucket: 'lists',
    region: 'eu-west-1',
    name: () => {
      names += 1;
      return `file-${names}`;
    },
    now: () => at,
    sleep: async (millis) => {
      at += millis;
    },
  });
  return { jobs, sesMock, s3Mock };
};

const COMPLETED: GetImportJobResponse = { JobStatus: 'COMPLETED', FailedRecordsCount: 0 };
const some: readonly ForAccountList[] = [
  { address: 'pat@target.example', reason: 'BOUNCE' },
  { address: '"a,b"@target.example', reason: 'COMPLAINT' },
];

test('puts a file, has SES read it, waits for the end and deletes the file', async () => {
  const { jobs, sesMock, s3Mock } = setUp(
    { JobStatus: 'CREATED' },
    { JobStatus: 'PROCESSING', ProcessedRecordsCount: 1 },
    COMPLETED,
  );
  const told: number[] = [];
  expect(await jobs.put(some, (done) => told.push(done))).toEqual({ done: 2, failed: 0, failures: [], left: [] });
  expect(told).toEqual([0, 1, 2]);
  const object = { Bucket: 'lists', Key: 'ses-suppressor-import/file-1.csv' };
  expect(s3Mock.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
    ...object,
    Body: 'pat@target.example,BOUNCE\n"""a,b""@target.example",COMPLAINT\n',
  });
  expect(sesMock.commandCalls(CreateImportJobCommand)[0]?.args[0].input).toEqual({
    ImportDestination: { SuppressionListDestination: { SuppressionListImportAction: 'PUT' } },
    ImportDataSource: { S3Url: 's3://lists/ses-suppressor-import/file-1.csv', DataFormat: 'CSV' },
  });
  expect(s3Mock.commandCalls(DeleteObjectCommand).map(({ args: [{ input }] }) => input)).toEqual([object]);
});

test('makes a job for every 100,000 addresses', async () => {
  const all = Array.from(
    { length: 200_001 },
    (_, i): ForAccountList => ({ address: `p${i}@t.example`, reason: 'BOUNCE' }),
  );
  const { jobs, s3Mock } = setUp(COMPLETED, COMPLETED, COMPLETED);
  expect(await jobs.put(all, () => undefined)).toMatchObject({ done: 200_001, failed: 0 });
  const sizes = s3Mock
    .commandCalls(PutObjectCommand)
    .map(({ args: [{ input }] }) => String(input.Body).split('\n').length - 1);
  expect(sizes).toEqual([100_000, 100_000, 1]);
});

test('says how many SES refused, and where they are', async () => {
  const { jobs } = setUp({
    JobStatus: 'COMPLETED',
    FailedRecordsCount: 1,
    FailureInfo: { FailedRecordsS3Url: 'https://s3.example/failed' },
  });
  expect(await jobs.put(some, () => undefined)).toEqual({
    done: 1,
    failed: 1,
    failures: ['https://s3.example/failed'],
    left: [],
  });
});

test.each(['FAILED', 'CANCELLED'] as const)(
  'fails with the reason of a job that ended as %s, and deletes the file',
  async (JobStatus) => {
    const { jobs, s3Mock } = setUp({ JobStatus, FailureInfo: { ErrorMessage: 'no access to the object' } });
    await expect(jobs.put(some, () => undefined)).rejects.toMatchObject({
      code: 'OTHER',
      message: expect.stringContaining(`${JobStatus}: no access to the object`),
    });
    expect(s3Mock.commandCalls(DeleteObjectCommand)).toHaveLength(1);
  },
);

test('tells how the job ended and which file is left, where that cannot be deleted', async () => {
  const { jobs, s3Mock } = setUp(COMPLETED, { JobStatus: 'FAILED', FailureInfo: { ErrorMessage: 'no access' } });
  s3Mock.on(DeleteObjectCommand).rejects(new Error('not allowed'));
  const url = 's3://lists/ses-suppressor-import/file-1.csv';
  expect(await jobs.put(some, () => undefined)).toEqual({ done: 2, failed: 0, failures: [], left: [url] });
  const second = 's3://lists/ses-suppressor-import/file-2.csv could not be deleted';
  await expect(jobs.put(some, () => undefined)).rejects.toMatchObject({
    code: 'OTHER',
    message: expect.stringMatching(`no access; ${second}`),
  });
});

test('deletes the file also if nobody said that it arrived', async () => {
  const { jobs, s3Mock } = setUp();
  s3Mock.on(PutObjectCommand).rejects(new Error('cut off'));
  await expect(jobs.put(some, () => undefined)).rejects.toThrow('cut off');
  expect(s3Mock.commandCalls(DeleteObjectCommand)).toHaveLength(1);
});

test('tells the sandbox, and deletes the file', async () => {
  const { jobs, sesMock, s3Mock } = setUp();
  const message = 'Your account is in the sandbox.';
  sesMock.on(CreateImportJobCommand).rejects(new BadRequestException({ message, $metadata: {} }));
  await expect(jobs.put(some, () => undefined)).rejects.toMatchObject({ name: 'AccountListRefused', code: 'SANDBOX' });
  expect(s3Mock.commandCalls(DeleteObjectCommand)).toHaveLength(1);
});
