import { RecentIndex } from '../../core/contract/index.ts';

/**
 * What the stack and the functions do, as far as the model needs it. The layers do not let it be imported from lib or
 * lambda, so test/bench/scale/deployed.test.ts holds it against a synthesized template and the sources.
 */
export const DEPLOYED = {
  feedback: {
    memoryMb: 256,
    timeoutSeconds: 30,
    batch: 10,
    visibilitySeconds: 180,
    /** Receives before SQS moves a message to the dead-letter queue. */
    receives: 480,
    /** Functions at a time. */
    maxConcurrency: 100,
  },
  send: { memoryMb: 256, timeoutSeconds: 120 },
  queue: {
    memoryMb: 1024,
    timeoutSeconds: 120,
    batch: 10,
    visibilitySeconds: 720,
    receives: 1000,
    functions: 2,
    mostFunctions: 100,
  },
  /** Tries of a DynamoDB request, and how long each waits for an answer. */
  table: { tries: 4, tryClientSeconds: 3 },
  /** Buckets a month of the index `recent`. */
  buckets: RecentIndex.SHARDS,
} as const;
