import { Duration } from 'aws-cdk-lib';
import { requireWhole } from './whole-number.ts';

/** How many messages the feedback function gets at once, and how long Lambda waits for them. */
export interface Batch {
  readonly size: number;
  readonly window: Duration;
}

/** What the two settings are called where they are written. */
interface Names {
  readonly size: string;
  readonly window: string;
}

const PROPS: Names = { size: 'batchSize', window: 'batchWindow' };

/**
 * The batch settings with their defaults.
 *
 * @param names - @default - the properties of `FeedbackPipeline`
 * @throws if they are out of range or given with direct delivery, where they would do nothing
 */
export const requireBatch = (
  delivery: 'queue' | 'direct',
  size = 10,
  window?: Duration,
  names: Names = PROPS,
): Batch => {
  if (delivery === 'direct' && (size !== 10 || window !== undefined))
    throw new Error(
      `${names.size} and ${names.window} need a queue, got: delivery "direct"; use delivery "queue", or leave them out`,
    );
  requireWhole(names.size, size, 1, 10_000);
  const seconds = window?.toSeconds() ?? 0;
  if (seconds > 300)
    throw new Error(`${names.window} must be at most 300 seconds, got: ${seconds}; Lambda does not wait longer`);
  if (size > 10 && seconds < 1)
    throw new Error(
      `${names.size} above 10 needs a ${names.window} of at least 1 second, got: ${size} and ${seconds} seconds`,
    );
  return { size, window: window ?? Duration.seconds(0) };
};
