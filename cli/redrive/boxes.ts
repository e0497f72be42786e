import type { LetterBox } from '../../core/redrive/letters.ts';

/** What is in each dead-letter queue, as a heading. */
export const BOXES: Readonly<Record<LetterBox, string>> = {
  feedback: 'Feedback that could not be applied',
  undelivered: 'Feedback that the topic could not deliver',
  sends: 'Queued requests that could not be sent',
  'failed-sends': 'Asynchronous sends that failed',
};

/** Where the letters of each queue go back to. */
export const DESTINATIONS: Readonly<Record<LetterBox, string>> = {
  feedback: 'the feedback queue',
  undelivered: 'the feedback queue',
  sends: 'the send queue',
  'failed-sends': 'the send queue',
};

/** What to do where a deployment has no such queue. */
export const NO_DESTINATION: Readonly<Record<LetterBox, string>> = {
  feedback: 'Feedback is delivered directly here: `ses-suppressor replay --dead-letters --yes` applies it.',
  undelivered: 'Feedback is delivered directly here, and there is no queue to put it on.',
  sends: 'Give the stack a send queue (`queue` in the configuration), and run it again.',
  'failed-sends': 'Give the stack a send queue (`queue` in the configuration), and run it again.',
};
