import { bundleLikeAFunction, runBundle, withFolder } from '../../subject.ts';
import type { Curve, Line } from '../curve.ts';
import { type Sample, timedCurve } from '../sweep.ts';

interface Size {
  readonly x: number;
  readonly strikes: number;
  readonly others: number;
  readonly deliveries: number;
  readonly bytes: number;
}

const EVENTS = 'events about one address';
/** Reasons take turns in the events; soft bounces, which are the strikes, are the ninth of them. */
const REASONS = 11;
const STRIKE = 8;

/** How many of the first `events` events have the reason that is the `turn`-th of each round. */
const occurrences = (events: number, turn: number): number => Math.floor((events - turn - 1 + REASONS) / REASONS);

/** Of each reason the first and the last fact are kept. */
const othersKept = (events: number): number =>
  Array.from({ length: REASONS }, (_, turn) => (turn === STRIKE ? 0 : Math.min(2, occurrences(events, turn)))).reduce(
    (sum, kept) => sum + kept,
    0,
  );

const strikesKept = (events: number): number => Math.min(12, occurrences(events, STRIKE));

/** How the entry of one address grows with what is learnt about it. */
export const entryCurves = (): Promise<Curve[]> =>
  withFolder(async (folder) => {
    const file = await bundleLikeAFunction('bench/growth/subjects/evidence.ts', folder);
    const { sizes, learning } = (await runBundle(file)) as { sizes: Size[]; learning: Sample[] };
    const line = (name: string, of: 'strikes' | 'others', should: (events: number) => number): Line => ({
      name,
      kind: 'measured',
      points: sizes.map((each) => ({ x: each.x, y: each[of], should: should(each.x) })),
    });
    return [
      {
        name: 'entry-pieces',
        title: 'An entry keeps the first and the last fact of each reason, and 12 strike days',
        law: 'count',
        x: EVENTS,
        y: 'pieces of evidence',
        lines: [line('facts of all other reasons', 'others', othersKept), line('strikes', 'strikes', strikesKept)],
      },
      {
        name: 'entry-size',
        title: 'An entry stops growing, far below the 400 KB that DynamoDB takes',
        law: 'flat',
        x: EVENTS,
        y: 'size of the item, KB',
        lines: [
          {
            name: 'every reason in turn, the longest texts',
            kind: 'measured',
            points: sizes.map(({ x, bytes }) => ({ x, y: bytes / 1024 })),
          },
        ],
      },
      timedCurve(
        {
          name: 'entry-time',
          title: 'One event more: its time stops growing with the entry',
          law: 'flat',
          x: EVENTS,
          y: 'µs of processor an event',
        },
        { value: 'item read, merged, derived, made', floor: 'JSON of the item, there and back' },
        learning,
      ),
    ];
  });
