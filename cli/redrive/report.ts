import { MOVED_BY_SQS, NOT_DELIVERED } from '../../core/redrive/cause.ts';
import type { CauseCount } from '../../core/redrive/census.ts';
import type { LetterBox } from '../../core/redrive/letters.ts';
import { type Cell, columns } from '../output/columns.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { counted, timeWords } from '../output/words.ts';
import { BOXES, DESTINATIONS } from './boxes.ts';

/** What was found in a dead-letter queue. */
export interface Found {
  readonly box: LetterBox;
  readonly causes: readonly CauseCount[];
  /** Letters that were looked at. */
  readonly letters: number;
  /** About how many there are. */
  readonly depth: number;
  /** Whether every letter was looked at. */
  readonly complete: boolean;
}

/** What was done. */
export interface Done {
  readonly moved: number;
  /** Letters that were meant and are still there, by why. */
  readonly stayed: ReadonlyMap<string, number>;
}

const HEAD = ['CAUSE', 'LETTERS', 'GO BACK', 'OLDEST', 'FOR EXAMPLE'];

const causeWords = ({ code, sample }: CauseCount, mostReceives: number | undefined): string => {
  if (code === MOVED_BY_SQS)
    return `moved by SQS${mostReceives === undefined ? '' : ` after ${counted(mostReceives, 'receive')}`}`;
  if (code === NOT_DELIVERED) return 'the queue or the function did not take it';
  return printable(sample.message ?? '');
};

/** The oldest letter of a cause: what was said of it, and by which it is found. */
export const sampleWords = (cause: CauseCount, mostReceives: number | undefined): string => {
  const { key, messageId } = cause.sample;
  const name = key === undefined ? printable(messageId) : `key ${printable(key)}`;
  const words = causeWords(cause, mostReceives);
  return words === '' ? name : `${words} (${name})`;
};

const row = (cause: CauseCount, mostReceives: number | undefined, paint: Paint): Cell[] => {
  const { code, letters, goes, oldest } = cause;
  return [
    { text: printable(code), paint: paint.bad },
    { text: String(letters) },
    { text: String(goes), paint: goes === letters ? paint.good : paint.notice },
    { text: oldest === undefined ? '' : timeWords(oldest) },
    { text: sampleWords(cause, mostReceives) },
  ];
};

/** What is in a queue, by cause, for people. */
export const causesTable = (found: Found, mostReceives: number | undefined, paint: Paint): string => {
  const { box, causes, letters, depth, complete } = found;
  if (letters === 0 && depth === 0) return `${BOXES[box]}: none.\n`;
  if (letters === 0)
    return `${BOXES[box]}: about ${depth}, hidden now because somebody looks at them; they come back by themselves.\n`;
  const seen = complete ? counted(letters, 'letter') : `${letters} looked at, of about ${depth}`;
  const head = HEAD.map((text) => ({ text, paint: paint.faint }));
  const stays = causes.flatMap(({ code, stays: whys }) =>
    whys.map((why) => `${printable(code)}: ${why}, and stays.\n`),
  );
  const table = columns([head, ...causes.map((cause) => row(cause, mostReceives, paint))]);
  return `${BOXES[box]}: ${seen}\n${table}${stays.join('')}`;
};

const stayedLines = (stayed: Done['stayed']): string =>
  [...stayed].map(([why, count]) => `${counted(count, 'letter')} stayed: ${printable(why)}.\n`).join('');

/** What was moved, for people. */
export const doneWords = ({ box }: Found, { moved, stayed }: Done): string =>
  `${counted(moved, 'letter')} moved to ${DESTINATIONS[box]}.\n${stayedLines(stayed)}`;

/** One line for each cause. */
export const causesJson = ({ box, causes }: Found): string =>
  causes
    .map(({ code, letters, goes, stays, oldest, sample }) =>
      jsonLine({
        queue: box,
        code,
        letters,
        goesBack: goes,
        stays,
        oldest: isoOrNull(oldest),
        sample: { messageId: sample.messageId, message: sample.message ?? null, key: sample.key ?? null },
      }),
    )
    .join('');

/** The last line. */
export const summaryJson = ({ box, letters, depth, complete }: Found, done: Done | undefined): string =>
  jsonLine({
    queue: box,
    looked: letters,
    complete,
    depth,
    moved: done?.moved ?? null,
    stayed: done === undefined ? null : [...done.stayed].map(([why, count]) => ({ why, letters: count })),
  });
