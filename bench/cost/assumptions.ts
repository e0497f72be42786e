/**
 * What the model takes for granted. Nothing here was measured on AWS: sizes are those of this project's own log lines and
 * items, times are those of the facts the project rests on; put your own numbers in.
 */
export const ASSUMPTIONS = {
  /** Share of recipients that bounce for good, and that complain: just below SES's lines. */
  bounceShare: 0.02,
  complaintShare: 0.001,
  /** Send function: 256 MB, and how long a mail of one recipient takes, most of it waiting for SES. */
  sendGb: 0.25,
  sendSeconds: 0.12,
  sendLogBytes: 700,
  /** Queue function: 1 GB; a mail takes as long, and its function waits for its turn beside. */
  queueGb: 1,
  queueBatch: 10,
  /** Feedback function: 256 MB; an invocation of so many messages takes so long and logs so much. */
  feedbackGb: 0.25,
  feedbackBatch: 1.5,
  feedbackSeconds: 0.022,
  feedbackLogBytes: 630,
  /** Requests of Lambda's pollers to one idle queue in a month. */
  idlePolls: 648_000,
  /** Entries of the list: their share of the recipients, and their size with the index, in bytes. */
  entryShare: 0.021,
  entryBytes: 1500,
  /** The record of an answered key, to one recipient. */
  recordBytes: 610,
  /** Evaluations of the circuit breaker in a month, the metrics each reads, and the size and time of one. */
  breakerRuns: 4 * 24 * 30,
  breakerReads: 10,
  breakerSeconds: 0.3,
} as const;
