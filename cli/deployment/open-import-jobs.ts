import { S3Client } from '@aws-sdk/client-s3';
import { SesImportJobs } from '../../adapters/ses-import-jobs.ts';
import { sesV2Client } from '../../adapters/sesv2-client.ts';
import { CliError } from '../cli-error.ts';
import type { OpenedImportJobs } from '../dependencies.ts';
import { findDeployment } from './deployment.ts';
import type { Target } from './target.ts';

/**
 * Opens SES's import jobs of a Region, with a bucket there that takes their files.
 *
 * @throws CliError `NotInLocalCloud`, or what kept the deployment from being found
 */
export const openImportJobs = async (
  target: Target,
  region: string | undefined,
  bucket: string,
): Promise<OpenedImportJobs> => {
  const deployment = await findDeployment(target);
  if (deployment.local)
    throw new CliError('NotInLocalCloud', `${deployment.name} has no S3 for import jobs`, 'Give --one-by-one instead.');
  const config = { ...deployment.config('ses'), ...(region === undefined ? {} : { region }) };
  const ses = sesV2Client(config);
  const s3 = new S3Client(config);
  const close = (): void => {
    ses.destroy();
    s3.destroy();
  };
  return { jobs: new SesImportJobs({ ses, s3, bucket, region: await ses.config.region() }), close };
};
