import type { Box, BoxLook, Queues, Redriven } from '../../../api.ts';
import { counted } from '../../parts/words.ts';

type BoxView = Queues['boxes'][number];

/** Why putting back is harmless, as `redrive --help` says. */
const HARMLESS_SEND =
  'Nobody is mailed twice by it: a request goes back with its key, and one that may have been mailed and has none stays.';
const HARMLESS_FEEDBACK =
  'Nobody is mailed twice by it: feedback only changes the list, and what was applied before changes nothing.';

/** What is said before letters of a queue are put back. */
export const harmlessWords = (box: Box): string =>
  box === 'sends' || box === 'failed-sends' ? HARMLESS_SEND : HARMLESS_FEEDBACK;

const hiddenWords = (about: number): string =>
  `about ${counted(about, 'letter')}, hidden now because somebody looks at them; they come back by themselves`;

/** What a look has found, in the words of `redrive`. */
export const seenWords = ({ letters, depth, complete }: BoxLook): string => {
  if (letters === 0) return depth === 0 ? 'No dead letters.' : `${hiddenWords(depth).replace(/^a/, 'A')}.`;
  return complete
    ? `${counted(letters, 'letter')}.`
    : `${letters.toLocaleString('en')} looked at, of about ${depth.toLocaleString('en')}.`;
};

/** What became of putting back, sentence by sentence. */
export const doneWords = ({ moved, stayed, hidden }: Redriven, { destination }: BoxView): readonly string[] => {
  if (hidden > 0) return [`Nothing was moved: ${hiddenWords(hidden)}.`];
  if (moved === 0 && stayed.length === 0) return ['Nothing was moved: there is no such letter now.'];
  return [
    `${counted(moved, 'letter')} moved to ${destination ?? 'where they came from'}.`,
    ...stayed.map(({ why, letters }) => `${counted(letters, 'letter')} stayed: ${why}.`),
  ];
};
