import { Arn, ArnFormat } from 'aws-cdk-lib';
import type { LinkSource } from './unsubscribe-links.ts';

/** Where the list is written, as a stack in another Region must know it; the output `HomeSetting` of the home stack says it. */
export interface Home {
  /** As in `eu-west-1`. */
  readonly region: string;
  /** Name of the suppression table, which has a copy here. */
  readonly table: string;
  /** ARN of the queue in front of the feedback function. */
  readonly feedbackQueue: string;
  /**
   * What unsubscribe links are made of.
   *
   * @default - requests with `unsubscribe` are refused
   */
  readonly unsubscribe?: LinkSource;
}

/** Settings of the home stack alone: each is about what writes the list. */
export const AT_HOME_ONLY = ['regions', 'table', 'topics', 'delivery', 'batch', 'unsubscribe'] as const;

/** @throws if what is said of the home Region contradicts itself, or the Region of the stack */
export const requireHome = ({ region, feedbackQueue, unsubscribe }: Home, here: string): void => {
  if (region === here)
    throw new Error(
      `home must be another Region than that of the stack, got: ${region} for both; leave home out in the home Region`,
    );
  for (const [name, arn] of [
    ['feedbackQueue', feedbackQueue],
    ['unsubscribe.secret', unsubscribe?.secret],
  ] as const)
    if (arn !== undefined && Arn.split(arn, ArnFormat.NO_RESOURCE_NAME).region !== region)
      throw new Error(
        `home.${name} must be in home.region, ${region}, got: ${arn}; copy the output HomeSetting of the home stack`,
      );
};
