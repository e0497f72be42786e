import { shownText } from '../../core/text.ts';

const CHARS = 500;

/** Text from a table or a stranger, made safe for a terminal: one line, nothing that moves the cursor or hides. */
export const printable = (text: string): string => shownText(text, CHARS);
