import { cleanText } from '../../core/text.ts';

const MAX_CHARS = 200;
/** They show what follows in another order. */
const BIDI_CONTROLS = /\p{Bidi_Control}/gu;

/** Text from a mail, or about one, as a terminal may show it: one line, bounded, nothing that moves other text about. */
export const shownText = (raw: string): string => cleanText(raw, MAX_CHARS).replace(BIDI_CONTROLS, '').trim();

/** A text that takes `chars` characters at the most, its end cut off where it is longer. */
export const clip = (text: string, chars: number): string => {
  const letters = [...text];
  return letters.length > chars ? `${letters.slice(0, chars - 1).join('')}…` : text;
};
