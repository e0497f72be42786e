import { LocalQueue, type QueuedMessage } from './local-queue.ts';

/** A message that was set aside in a dead-letter queue. */
export interface Parked {
  readonly at: Date;
  /** What could not be dealt with. */
  readonly kind: 'feedback' | 'send';
  readonly messageId: string;
  /** What the function wrote beside it; `null` where the queue itself gave up. */
  readonly code: string | null;
  readonly message: string | null;
  /** Of a send request that has one. */
  readonly subject: string | null;
  /** The message itself. */
  readonly body: string;
}

export interface Queues {
  readonly feedback: LocalQueue;
  readonly deadLetters: LocalQueue;
  readonly sends: LocalQueue;
  readonly sendDeadLetters: LocalQueue;
  readonly failedSends: LocalQueue;
}

export interface QueuesOptions {
  /** What every name begins with. */
  readonly prefix: string;
  /** Time-out of a function that reads a queue. */
  readonly timeoutOf: (name: 'feedback' | 'queue') => number;
  /** Tries of a feedback message before it is set aside. */
  readonly maxReceiveCount: number;
  readonly onParked: (parked: Parked) => void;
}

/** Tries of a queued request: waiting for the account's rate or quota is none, so there are many. */
const SEND_TRIES = 1000;
const DEAD_LETTER_VISIBILITY_MS = 30_000;

/** The queues of the stack: feedback and send requests, each with its dead letters, and what failed in the background. */
export function makeQueues({ prefix, timeoutOf, maxReceiveCount, onParked }: QueuesOptions): Queues {
  const deadLetterQueue = (name: string, kind: Parked['kind']) =>
    new LocalQueue({
      name: `${prefix}-${name}`,
      visibilityTimeoutMs: DEAD_LETTER_VISIBILITY_MS,
      onMessage: (message) => onParked({ at: new Date(), kind, ...whyParked(message) }),
    });
  const deadLetters = deadLetterQueue('dead-letters', 'feedback');
  const sendDeadLetters = deadLetterQueue('send-dead-letters', 'send');
  return {
    feedback: new LocalQueue({
      name: `${prefix}-feedback`,
      visibilityTimeoutMs: 6 * timeoutOf('feedback'),
      redrive: { maxReceiveCount, deadLetterQueue: deadLetters },
    }),
    deadLetters,
    sends: new LocalQueue({
      name: `${prefix}-sends`,
      visibilityTimeoutMs: 6 * timeoutOf('queue'),
      redrive: { maxReceiveCount: SEND_TRIES, deadLetterQueue: sendDeadLetters },
    }),
    sendDeadLetters,
    failedSends: new LocalQueue({ name: `${prefix}-failed-sends`, visibilityTimeoutMs: DEAD_LETTER_VISIBILITY_MS }),
  };
}

const whyParked = ({ messageId, body, attributes }: QueuedMessage) => ({
  messageId,
  code: attributes.code?.StringValue ?? null,
  message: attributes.message?.StringValue ?? null,
  subject: subjectIn(body),
  body,
});

function subjectIn(body: string): string | null {
  try {
    const { subject } = JSON.parse(body);
    return typeof subject === 'string' ? subject : null;
  } catch {
    return null;
  }
}
