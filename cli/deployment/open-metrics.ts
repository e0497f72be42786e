import { cloudWatchClient } from '../../adapters/cloudwatch-client.ts';
import { CloudWatchMetrics } from '../../adapters/cloudwatch-metrics.ts';
import { Output } from '../../core/contract/index.ts';
import type { OpenedMetrics } from '../dependencies.ts';
import { findDeployment } from './deployment.ts';
import { countedStreams } from './streams.ts';
import type { Target } from './target.ts';

/**
 * Finds what a deployment has counted.
 *
 * @throws CliError `NotInLocalCloud`, or what kept it from being found
 */
export const openMetrics = async (target: Target): Promise<OpenedMetrics> => {
  const deployment = await findDeployment(target);
  const client = cloudWatchClient(deployment.config('cloudwatch'));
  return {
    reader: new CloudWatchMetrics({ client }),
    configurationSet: deployment.output(Output.CONFIGURATION_SET_NAME),
    identities: deployment.output(Output.IDENTITIES) !== undefined,
    streams: countedStreams(deployment),
    close: () => client.destroy(),
  };
};
