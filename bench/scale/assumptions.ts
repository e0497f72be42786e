import { DEPLOYED } from './deployed.ts';

/**
 * What was measured: milliseconds of a whole processor, the deployed bundles against services that answer at once,
 * medians (`npm run scale -- --measure`; 2026-11-24, 2 shared cores, Node 20.20), rounded up.
 */
export const MEASURED = {
  feedback: { invocation: 2.1, message: 0.03, write: 0.55 },
  send: { mail: 4.5, keyed: 8.2 },
  /** Mails a second that so many queue functions send where the account may more: simulated with the deployed code. */
  queueSends: [
    [2, 35],
    [10, 196],
    [20, 368],
    [50, 747],
    [100, 1340],
  ],
} as const;

/** What is taken for granted, on the careful side; docs/scale.md says what changes where one of them is wrong. */
export const ASSUMED = {
  /** Megabytes that are a whole processor. */
  processorMb: 1769,
  /** A request of DynamoDB: the upper end of "single-digit milliseconds". */
  tableSeconds: 0.01,
  /** An invocation that meets a table which refuses at once: four tries and the pauses between them. */
  refusedSeconds: 0.5,
  /** An invocation that meets a table which never answers: every try waits to its end. */
  silentSeconds: DEPLOYED.table.tries * DEPLOYED.table.tryClientSeconds,
  /** How long a function goes on trying while it is throttled, before it gives messages back. */
  throttledSeconds: 1,
  /** Part of the day's mail that is spread evenly; the rest follows {@link dayCurve}. */
  evenly: 0.2,
} as const;

/** The day around its busiest hour: 8/3 of the mean there, hardly anything at night. @param hours - from that hour */
export const dayCurve = (hours: number): number => (8 / 3) * Math.cos((Math.PI * hours) / 24) ** 4;

/** Mail at a time of the day, as a multiple of the day's mean. @param hours - from the busiest hour */
export const loadAt = (hours: number): number => ASSUMED.evenly + (1 - ASSUMED.evenly) * dayCurve(hours);

/** Mail in the busiest hour, as a multiple of the day's mean. */
export const PEAK = loadAt(0);

/** Part of a whole processor that a function has. */
export const processorShare = (memoryMb: number): number => Math.min(1, memoryMb / ASSUMED.processorMb);

/**
 * Seconds an invocation of the feedback function takes.
 *
 * @param messages - in its batch
 * @param writes - entries of them that change
 */
export const feedbackSeconds = (messages: number, writes: number): number => {
  const { invocation, message, write } = MEASURED.feedback;
  const processor = (invocation + message * messages + write * writes) / 1000;
  // where fewer than one write is expected, only some invocations have one
  const requests = 1 + Math.min(1, writes);
  return processor / processorShare(DEPLOYED.feedback.memoryMb) + requests * ASSUMED.tableSeconds;
};
