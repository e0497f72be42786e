import { RATE_RULES } from '../contract/index.ts';

/** What SES reports of every mail, which a rate is a part of: deliveries go first. */
export type Wired = 'deliveries' | 'sends' | 'neither';

/** Counts of a window, by rule; `Send` is what SES has accepted. */
export type RuleCounts = ReadonlyMap<string, number>;

/** Rates as this project counts them, the mailbox simulator left out. */
export interface OwnRates {
  /** Mails in all; undefined: nothing tells. */
  readonly volume: number | undefined;
  readonly bounces: number;
  readonly complaints: number;
  /** A fraction from 0 to 1; undefined without a volume, and where nothing was mailed. */
  readonly bounceRate: number | undefined;
  /** As `bounceRate`. */
  readonly complaintRate: number | undefined;
}

/** The rule under which mails that SES has accepted are counted. */
export const SEND_RULE = 'Send';

const total = (counts: RuleCounts, rules: readonly string[]): number =>
  rules.reduce((sum, rule) => sum + (counts.get(rule) ?? 0), 0);

const volumeOf = (counts: RuleCounts, wired: Wired, bounces: number): number | undefined => {
  if (wired === 'deliveries') return total(counts, RATE_RULES.delivered) + bounces;
  return wired === 'sends' ? total(counts, [SEND_RULE]) : undefined;
};

/** A late bounce of an earlier window may make more of them than there were mails. */
const share = (part: number, whole: number | undefined): number | undefined =>
  whole === undefined || whole === 0 ? undefined : Math.min(1, part / whole);

/**
 * The rates of a window by its counts. Bounces are what SES counts: hard bounces, those it called transient with the
 * status of a dead address, and what it withheld because of its global list. Hits on the account's own list count neither
 * way (Amazon SES Developer Guide, "Using the account-level suppression list").
 *
 * @param wired - what SES reports of every mail; with `neither` no rate can be told
 * @example ownRates(new Map([['delivered', 98], ['hard-bounce', 2]]), 'deliveries').bounceRate // 0.02
 */
export const ownRates = (counts: RuleCounts, wired: Wired): OwnRates => {
  const bounces = total(counts, RATE_RULES.bounces);
  const complaints = total(counts, RATE_RULES.complaints);
  const volume = volumeOf(counts, wired, bounces);
  return { volume, bounces, complaints, bounceRate: share(bounces, volume), complaintRate: share(complaints, volume) };
};
