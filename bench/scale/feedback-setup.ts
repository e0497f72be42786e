/** The table while it is out: it refuses at once, or never answers. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  /** How long an invocation takes that meets it. */
  readonly seconds: number;
}

/** What runs. Times are seconds from the beginning of the run. */
export interface FeedbackSetup {
  readonly seed: number;
  /** Length of the run, at the most. */
  readonly seconds: number;
  /** From when on the run ends as soon as nothing has been older than `seconds` for half an hour. */
  readonly calm: { readonly from: number; readonly seconds: number };
  /** Length of a step: what happens within one is not told apart. */
  readonly step: number;
  /** Messages a second, and the share of them that changes an entry. */
  readonly arrivals: (at: number) => { readonly rate: number; readonly changing: number };
  readonly batch: number;
  /** Seconds of an invocation with so many messages, of which so many change an entry. */
  readonly service: (messages: number, writes: number) => number;
  readonly visibilitySeconds: number;
  readonly receives: number;
  readonly inFlight: number;
  readonly pollers: { readonly atFirst: number; readonly perMinute: number; readonly most: number };
  /** Read units a second that are left for feedback. */
  readonly reads: number;
  /** Write units a second of the table. */
  readonly writes: number;
  /** For each partition of the index: the part of all changes that lands there. */
  readonly index: readonly number[];
  /** Write units a second of one partition of the index. */
  readonly indexWrites: number;
  /** Seconds for which a throttled function goes on trying. */
  readonly throttledSeconds: number;
  readonly outage?: Outage;
}
