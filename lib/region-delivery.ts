import { RegionInfo } from 'aws-cdk-lib/region-info';

/** Regions that an account must switch on: there SNS is another principal. Those made since 2019-03-20 are. */
const isOptIn = (region: string): boolean => RegionInfo.get(region).isOptInRegion;

/**
 * Refuses deliveries that SNS does not make: from one Region that is off by default to another one (SNS Developer Guide,
 * "Cross-Region delivery"), and between partitions.
 *
 * @throws with both Regions and the remedy
 */
export const requireDelivery = (from: string, to: string): void => {
  const [partition, partitionThere] = [from, to].map((region) => RegionInfo.get(region).partition);
  // CDK may not know a Region that is new
  if (partition !== partitionThere && partition !== undefined && partitionThere !== undefined)
    throw new Error(
      `Regions must be in the partition of the home Region, ${partitionThere}, got: ${from} in ${partition}; give ${from} a list of its own`,
    );
  if (from !== to && isOptIn(from) && isOptIn(to))
    throw new Error(
      `SNS delivers between Regions only if one of the two is on by default, got: ${from} and ${to}; ` +
        'make a Region home that is on by default in every account, such as eu-west-1',
    );
};

/**
 * Who delivers from a topic in one Region to a queue in another: the regional principal where one of the two must be
 * switched on.
 *
 * @example deliveryPrincipal('af-south-1', 'eu-west-1') // 'sns.af-south-1.amazonaws.com'
 */
export const deliveryPrincipal = (from: string, to: string): string => {
  const optIn = [from, to].find(isOptIn);
  return from === to || optIn === undefined ? 'sns.amazonaws.com' : `sns.${optIn}.amazonaws.com`;
};
