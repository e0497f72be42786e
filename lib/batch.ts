import { Duration } from 'aws-cdk-lib';
import { requireWhole } from './whole-number.ts';

/** How many messages the feedback function gets at once, how long Lambda waits for them, and how many of it run at a time. */
export interface Batch {
  readonly size: number;
  readonly window: Duration;
  readonly maxConcurrency: number;
}

/** What the settings are called where they are written. */
type Names = { readonly [Setting in keyof Batch]: string };

const PROPS: Names = { size: 'batchSize', window: 'batchWindow', maxConcurrency: 'maxConcurrency' };

/**
 * Enough for the feedback of some thirty thousand mails a second, and a tenth of what an account may run at a time: while
 * the table does not answer, each invocation waits for it to the end of its tries, and without a limit Lambda starts more
 * of them until the account has none left for others.
 */
const MAX_CONCURRENCY = 100;

/**
 * The batch settings with their defaults.
 *
 * @param names - @default - the properties of `FeedbackPipeline`
 * @throws if they are out of range or given with direct delivery, where they would do nothing
 */
export const requireBatch = (
  delivery: 'queue' | 'direct',
  {
    size = 10,
    window,
    maxConcurrency = MAX_CONCURRENCY,
  }: { readonly [Setting in keyof Batch]?: Batch[Setting] | undefined },
  names: Names = PROPS,
): Batch => {
  if (delivery === 'direct' && (size !== 10 || window !== undefined || maxConcurrency !== MAX_CONCURRENCY))
    throw new Error(
      `${names.size}, ${names.window} and ${names.maxConcurrency} need a queue, got: delivery "direct"; use delivery "queue", or leave them out`,
    );
  requireWhole(names.size, size, 1, 10_000);
  requireWhole(names.maxConcurrency, maxConcurrency, 2, 1000);
  const seconds = window?.toSeconds() ?? 0;
  if (seconds > 300)
    throw new Error(`${names.window} must be at most 300 seconds, got: ${seconds}; Lambda does not wait longer`);
  if (size > 10 && seconds < 1)
    throw new Error(
      `${names.size} above 10 needs a ${names.window} of at least 1 second, got: ${size} and ${seconds} seconds`,
    );
  return { size, window: window ?? Duration.seconds(0), maxConcurrency };
};
