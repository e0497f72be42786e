import { bundleLikeAFunction, runBundle, withFolder } from '../../subject.ts';
import type { Curve, Line } from '../curve.ts';
import { type Sample, timedCurve } from '../sweep.ts';

interface Counts {
  readonly x: number;
  readonly reads: number;
  readonly mails: number;
}

type Measured = Record<'recipients' | 'array' | 'raw' | 'attachment' | 'attachments', Sample[]> &
  Record<'counts' | 'arrayCounts', Counts[]>;

const counted = (
  name: string,
  counts: readonly Counts[],
  of: 'reads' | 'mails',
  should: (x: number) => number,
): Line => ({
  name,
  kind: 'measured',
  points: counts.map((each) => ({ x: each.x, y: each[of], should: should(each.x) })),
});

const NAMES = { value: 'send function', floor: 'nodemailer and the two requests bare' };

/** How a send grows with its recipients, its size and the requests in one array. */
export const sendCurves = (): Promise<Curve[]> =>
  withFolder(async (folder) => {
    const file = await bundleLikeAFunction('bench/growth/subjects/send.ts', folder);
    const measured = (await runBundle(file)) as Measured;
    return [
      {
        name: 'send-requests',
        title: 'A send: one read and one call of SES, to however many recipients',
        law: 'count',
        x: 'recipients',
        y: 'requests',
        lines: [
          counted('BatchGetItem', measured.counts, 'reads', () => 1),
          counted('SES', measured.counts, 'mails', () => 1),
        ],
      },
      timedCurve(
        {
          name: 'send-time',
          title: 'A send: time at most in proportion to its recipients',
          law: 'linear',
          x: 'recipients',
          y: 'ms of processor a mail',
        },
        NAMES,
        measured.recipients,
      ),
      {
        name: 'array-requests',
        title: 'An array of sends: one read and one call of SES for each',
        law: 'count',
        x: 'requests in the array',
        y: 'requests',
        lines: [
          counted('BatchGetItem', measured.arrayCounts, 'reads', (x) => x),
          counted('SES', measured.arrayCounts, 'mails', (x) => x),
        ],
      },
      timedCurve(
        {
          name: 'array-time',
          title: 'An array of sends: time a mail does not grow',
          law: 'flat',
          x: 'requests in the array',
          y: 'ms of processor a mail',
        },
        NAMES,
        measured.array,
      ),
      timedCurve(
        {
          name: 'raw-size',
          title: 'A raw message: time in proportion to its size',
          law: 'linear',
          x: 'size of the message, KB',
          y: 'ms of processor a mail',
        },
        { value: 'send function', floor: 'base64 and the two requests bare' },
        measured.raw,
      ),
      timedCurve(
        {
          name: 'attachment-size',
          title: 'An attachment: time in proportion to its size',
          law: 'linear',
          x: 'size of the attachment, KB',
          y: 'ms of processor a mail',
        },
        NAMES,
        measured.attachment,
      ),
      timedCurve(
        {
          name: 'attachment-count',
          title: 'Attachments: time in proportion to their number',
          law: 'linear',
          x: 'attachments of 10 KB',
          y: 'ms of processor a mail',
        },
        NAMES,
        measured.attachments,
      ),
    ];
  });
