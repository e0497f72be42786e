import type { RatePoint, Rates } from '../../../api.ts';
import type { PlotLine } from './plot-lines.ts';
import { percent } from './words.ts';

/** Which rate. */
export type RateOf = keyof Rates['lines'];

/** What differs between the two rates. */
export interface RateKind {
  readonly of: RateOf;
  readonly title: string;
  /** Of one. */
  readonly noun: string;
  readonly rate: (point: Pick<RatePoint, 'bounceRate' | 'complaintRate'>) => number | null;
}

export const RATE_KINDS: readonly RateKind[] = [
  { of: 'bounces', title: 'Bounce rate', noun: 'bounce', rate: ({ bounceRate }) => bounceRate },
  { of: 'complaints', title: 'Complaint rate', noun: 'complaint', rate: ({ complaintRate }) => complaintRate },
];

/** SES's lines of a rate, to be drawn. */
export const linesOf = ({ lines }: Rates, of: RateOf): readonly PlotLine[] => [
  { at: lines[of].review, words: `SES reviews at ${percent(lines[of].review)}`, tone: 'notice' },
  { at: lines[of].pause, words: `SES may pause at ${percent(lines[of].pause)}`, tone: 'bad' },
];

/**
 * How far up a plot goes: over the review line always, so that one sees how far it is, and over the line at which SES may
 * pause as soon as the rate comes near.
 */
export const mostOf = ({ lines, points }: Rates, { of, rate }: RateKind): number => {
  const { review, pause } = lines[of];
  const highest = Math.max(0, ...points.map((point) => rate(point) ?? 0));
  return Math.min(1, Math.max(review * 1.25, highest * 1.15, highest > pause / 2 ? pause * 1.1 : 0));
};

/** Whether all feedback that came in was about the mailbox simulator. */
export const isSimulatorOnly = ({ feedback, simulator }: Rates): boolean =>
  feedback.length === 0 && simulator.length > 0;
