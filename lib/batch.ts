import { Duration, Token } from 'aws-cdk-lib';

/** How many messages the feedback function gets at once, and how long Lambda waits for them. */
export interface Batch {
  readonly size: number;
  readonly window: Duration;
}

/**
 * The batch settings with their defaults.
 *
 * @throws if they are out of range or given with direct delivery, where they would do nothing
 */
export const requireBatch = (delivery: 'queue' | 'direct', size = 10, window?: Duration): Batch => {
  if (delivery === 'direct' && (size !== 10 || window !== undefined))
    throw new Error('batchSize and batchWindow need a queue, got: delivery "direct"; use delivery "queue"');
  if (!Token.isUnresolved(size) && !(Number.isInteger(size) && size >= 1 && size <= 10_000))
    throw new Error(`batchSize must be a whole number from 1 to 10000, got: ${size}`);
  const seconds = window?.toSeconds() ?? 0;
  if (seconds > 300)
    throw new Error(`batchWindow must be at most 300 seconds, got: ${seconds}; Lambda does not wait longer`);
  if (size > 10 && seconds < 1)
    throw new Error(`batchSize above 10 needs a batchWindow of at least 1 second, got: ${size} and ${seconds} seconds`);
  return { size, window: window ?? Duration.seconds(0) };
};
