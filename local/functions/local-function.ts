/** The functions a local cloud runs. */
export const LOCAL_FUNCTIONS = ['feedback', 'send', 'queue', 'unsubscribe', 'breaker'] as const;

export type LocalFunction = (typeof LOCAL_FUNCTIONS)[number];

/** Time-outs as the stack has them: a function that waits for its turn at SES begins nothing without time to end it. */
export const TIMEOUT_MS: Readonly<Record<LocalFunction, number>> = {
  feedback: 30_000,
  send: 120_000,
  queue: 120_000,
  unsubscribe: 10_000,
  breaker: 30_000,
};
