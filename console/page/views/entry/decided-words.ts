import type { DecideAnswer } from '../../../api.ts';
import { visible } from '../../parts/text.tsx';
import { scopeWords } from '../../parts/words.ts';

const DONE = {
  add: (already: string) => `is ${already}suppressed`,
  allow: (already: string) => `is ${already}allowed`,
  remove: (already: string) => `is ${already}removed`,
} as const;

const END = { add: ', without end', allow: ', whatever bounces', remove: '' } as const;

const sesWords = ({ region, kind, spellings }: DecideAnswer['ses'][number]): string => {
  const list = `SES's list in ${visible(region)}`;
  if (kind === 'closed') return `${list} is closed, as the account is in the sandbox there.`;
  return spellings.length > 0
    ? `Taken off ${list}, as ${visible(spellings.join(', '))}.`
    : `Not on ${list} in this spelling.`;
};

/** What became of a decision, sentence by sentence, in the words of the commands. */
export const decidedWords = (
  action: 'add' | 'allow' | 'remove',
  { address, entries, ses, stillWithheld }: DecideAnswer,
): readonly string[] => [
  ...entries.map(({ scope, outcome }) => {
    const already = outcome === 'unchanged' ? 'already ' : '';
    return `${visible(address)} ${DONE[action](already)} ${scopeWords(scope)}${END[action]}.`;
  }),
  ...ses.map(sesWords),
  ...(stillWithheld.length === 0 ? [] : [`It is still withheld ${stillWithheld.map(scopeWords).join(', ')}.`]),
];
