import { cleanText } from '../../core/text.ts';

const CHARS = 500;
/** Marks that change the direction of text, or hide in it: in an address or a note they could show one that is not there. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** Text from a table or a stranger, made safe for a terminal: one line, nothing that moves the cursor or hides. */
export const printable = (text: string): string => cleanText(text, CHARS).replace(INVISIBLE, '');
