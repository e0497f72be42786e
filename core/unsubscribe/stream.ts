import { TAG_TEXT } from '../contract/index.ts';

/**
 * Whether a text can name a stream: the form of a value of an SES message tag. `*` and `tenant:…` are none.
 *
 * @example isStream('newsletter') // true
 */
export const isStream = (text: unknown): text is string => typeof text === 'string' && TAG_TEXT.test(text);
