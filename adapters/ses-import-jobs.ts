import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  BadRequestException,
  CreateImportJobCommand,
  GetImportJobCommand,
  type GetImportJobResponse,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { AccountListRefused } from '../core/account-list/account-list-refused.ts';
import {
  type ForAccountList,
  type Imported,
  type ImportJobs,
  JOB_ADDRESSES,
} from '../core/account-list/import-jobs.ts';
import { oneASecond, type Time } from './one-a-second.ts';
import { sleep as sleepForReal } from './pause.ts';

/** What import jobs are made of. */
export interface SesImportJobsOptions extends Time {
  readonly ses: SESv2Client;
  readonly s3: S3Client;
  /** In the Region of both clients. */
  readonly bucket: string;
  readonly region: string;
  /** Makes names of objects. @default randomUUID */
  readonly name?: () => string;
}

const POLL_MS = 5000;
/** What ends a job. */
const ENDED = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** SES reads one address and its reason a line, without a head. */
const csvOf = (all: readonly ForAccountList[]): string =>
  all
    .map(
      ({ address, reason }) => `${/[",]/.test(address) ? `"${address.replaceAll('"', '""')}"` : address},${reason}\n`,
    )
    .join('');

/** Says of a fault that the file of addresses is still in the bucket. */
const leftBehind = (fault: unknown, url: string): unknown => {
  if (fault instanceof Error)
    fault.message = `${fault.message}; ${url} could not be deleted, there are addresses in it`;
  return fault;
};

/**
 * SES's import jobs: puts a file of addresses into a bucket, has SES read it, waits for the end and deletes the file.
 *
 * @example await new SesImportJobs({ ses, s3, bucket, region }).put(all, (done) => progress.show(done, all.length))
 */
export class SesImportJobs implements ImportJobs {
  readonly #options: SesImportJobsOptions;
  readonly #paced: ReturnType<typeof oneASecond>;

  constructor(options: SesImportJobsOptions) {
    this.#options = options;
    this.#paced = oneASecond(options);
  }

  async put(all: readonly ForAccountList[], tell: (done: number) => void): Promise<Imported> {
    const sum = { done: 0, failed: 0, failures: [] as string[], left: [] as string[] };
    for (let from = 0; from < all.length; from += JOB_ADDRESSES) {
      const part = all.slice(from, from + JOB_ADDRESSES);
      const { ended, left } = await this.#run(part, (done) => tell(from + done));
      if (left !== undefined) sum.left.push(left);
      const failed = ended.FailedRecordsCount ?? 0;
      sum.done += part.length - failed;
      sum.failed += failed;
      if (failed > 0 && ended.FailureInfo?.FailedRecordsS3Url !== undefined)
        sum.failures.push(ended.FailureInfo.FailedRecordsS3Url);
      tell(from + part.length);
    }
    return sum;
  }

  /** @returns how the job ended, and its file if that could not be deleted */
  async #run(
    part: readonly ForAccountList[],
    tell: (done: number) => void,
  ): Promise<{ readonly ended: GetImportJobResponse; readonly left: string | undefined }> {
    const { s3, bucket, name = randomUUID } = this.#options;
    const object = { Bucket: bucket, Key: `ses-suppressor-import/${name()}.csv` };
    const url = `s3://${object.Bucket}/${object.Key}`;
    /** @returns the fault of deleting, which must not hide how the job ended */
    const clear = (): Promise<unknown> =>
      s3.send(new DeleteObjectCommand(object)).then(
        () => undefined,
        (fault: unknown) => fault,
      );
    try {
      await s3.send(new PutObjectCommand({ ...object, Body: csvOf(part), ContentType: 'text/csv' }));
    } catch (fault) {
      // It may have arrived although nobody said so.
      await clear();
      throw fault;
    }
    try {
      const ended = await this.#wait(await this.#start(url), tell);
      return { ended, left: (await clear()) === undefined ? undefined : url };
    } catch (fault) {
      if ((await clear()) === undefined) throw fault;
      throw leftBehind(fault, url);
    }
  }

  async #start(url: string): Promise<string> {
    const command = new CreateImportJobCommand({
      ImportDestination: { SuppressionListDestination: { SuppressionListImportAction: 'PUT' } },
      ImportDataSource: { S3Url: url, DataFormat: 'CSV' },
    });
    try {
      const { JobId = '' } = await this.#paced(() => this.#options.ses.send(command));
      return JobId;
    } catch (error) {
      if (!(error instanceof BadRequestException)) throw error;
      const code = /sandbox|production/i.test(error.message) ? 'SANDBOX' : 'OTHER';
      const message = `SES takes no import job in ${this.#options.region}: ${error.message}`;
      throw new AccountListRefused(code, message, { cause: error });
    }
  }

  async #wait(job: string, tell: (done: number) => void): Promise<GetImportJobResponse> {
    const { ses, region, sleep = sleepForReal } = this.#options;
    for (;;) {
      const state = await this.#paced(() => ses.send(new GetImportJobCommand({ JobId: job })));
      const status = state.JobStatus ?? '';
      if (status === 'COMPLETED') return state;
      if (ENDED.has(status)) {
        const why = state.FailureInfo?.ErrorMessage ?? 'SES does not say why';
        throw new AccountListRefused('OTHER', `the import job ${job} in ${region} ended as ${status}: ${why}`);
      }
      tell(state.ProcessedRecordsCount ?? 0);
      await sleep(POLL_MS);
    }
  }
}
