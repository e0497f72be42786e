import { styleText } from 'node:util';
import { type Claim, holds } from './claim.ts';
import type { FeedbackStormResult } from './feedback/feedback-storm.ts';
import type { SendStormResult } from './send/send-storm.ts';

/** One storm as it is told. */
export interface StormReport {
  readonly name: 'feedback' | 'sends';
  readonly seconds: number;
  /** What happened in it. */
  readonly figures: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly claims: readonly Claim[];
}

/** What a storm of feedback came to, to be told. */
export const reportFeedback = ({
  claims,
  aftermath: { run },
  messages,
  faults,
  seconds,
}: FeedbackStormResult): StormReport => ({
  name: 'feedback',
  seconds,
  figures: {
    messages,
    invocations: run.invocations,
    'killed in the middle': run.killed,
    'messages given back': run.givenBack,
    'requests to AWS': faults.requests,
    'faults put in': faults.faults,
  },
  faults: faults.counts,
  claims,
});

/** What a storm of sends came to, to be told. */
export const reportSends = ({ claims, calls, killed, mails, faults, seconds }: SendStormResult): StormReport => ({
  name: 'sends',
  seconds,
  figures: {
    'calls answered or killed': calls,
    'killed in the middle': killed,
    'mails at SES': mails,
    'requests to AWS': faults.requests,
    'faults put in': faults.faults,
  },
  faults: faults.counts,
  claims,
});

const n = (count: number): string => count.toLocaleString('en-US');

const paint = (style: 'bold' | 'green' | 'red' | 'dim', text: string): string =>
  process.stdout.isTTY ? styleText(style, text) : text;

const kindsIn = (faults: StormReport['faults']): string => {
  const sums = new Map<string, number>();
  for (const [name, count] of Object.entries(faults)) {
    const kind = name.slice(name.lastIndexOf(' ') + 1);
    sums.set(kind, (sums.get(kind) ?? 0) + count);
  }
  return [...sums].map(([kind, count]) => `${n(count)} ${kind}`).join(', ');
};

const claimLines = (claim: Claim): string => {
  const mark = holds(claim) ? paint('green', 'holds ') : paint('red', 'BROKEN');
  const broken = claim.broken.map((words) => `\n           ${words}`).join('');
  const more =
    claim.failures > claim.broken.length ? `\n           and ${n(claim.failures - claim.broken.length)} more` : '';
  return `  ${mark}  ${claim.name}\n          ${paint('dim', claim.found)}${broken}${more}`;
};

/** A storm for people. */
export const told = ({ name, seconds, figures, faults, claims }: StormReport): string =>
  [
    paint('bold', `Storm of ${name}, ${seconds.toFixed(0)} s`),
    `  ${Object.entries(figures)
      .map(([what, count]) => `${n(count)} ${what}`)
      .join(', ')}`,
    `  ${paint('dim', kindsIn(faults))}`,
    ...claims.map(claimLines),
    '',
  ].join('\n');
