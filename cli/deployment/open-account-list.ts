import { SesAccountList } from '../../adapters/ses-account-list.ts';
import { sesV2Client } from '../../adapters/sesv2-client.ts';
import type { OpenedAccountList } from '../dependencies.ts';
import { findDeployment } from './deployment.ts';
import type { Target } from './target.ts';

/**
 * Opens SES's own list of a Region, of the account in which a deployment was found.
 *
 * @param region - undefined for the deployment's own; a local cloud has but one
 * @throws CliError what kept the deployment from being found
 */
export const openAccountList = async (target: Target, region?: string): Promise<OpenedAccountList> => {
  const deployment = await findDeployment(target);
  const client = sesV2Client({
    ...deployment.config('ses'),
    ...(region === undefined || deployment.local ? {} : { region }),
  });
  const list = new SesAccountList({ client, region: await client.config.region() });
  return { list, close: () => client.destroy() };
};
