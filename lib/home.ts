import { Annotations, Arn, ArnFormat, type Stack, Token } from 'aws-cdk-lib';
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

/** CloudFormation shortens long names of stacks in those of queues; so much of one is left in any. */
const SURE_OF_NAME = 20;

/**
 * Warns where the queue is that of a stack of another name: it lets in topics of its own name only.
 *
 * @throws if what is said of the home Region contradicts itself, or Region or account of the stack
 */
export const requireHome = ({ region, feedbackQueue, unsubscribe }: Home, stack: Stack): void => {
  const here = stack.region;
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
  const queue = Arn.split(feedbackQueue, ArnFormat.NO_RESOURCE_NAME);
  if (!Token.isUnresolved(stack.account) && queue.account !== stack.account)
    throw new Error(
      `home must be in the account of the stack, ${stack.account}, got: ${feedbackQueue}; the queue takes feedback of its own account only`,
    );
  if (!queue.resource.startsWith(stack.stackName.slice(0, SURE_OF_NAME)))
    Annotations.of(stack).addWarningV2(
      'ses-suppressor:another-name',
      `a stack beside the list of another Region must have the name of the home stack, got: ${stack.stackName} for the queue ${queue.resource}; ` +
        'that queue refuses the feedback from here: set stackName to the same',
    );
};
