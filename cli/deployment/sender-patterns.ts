/** `*@ledger.example` or `no-reply@ledger.example`, and no word of a sentence that says that there are none. */
const PATTERN = /^[^@\s()]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/**
 * The patterns that From must match, from the output `Senders`; empty if nobody may send.
 *
 * @example senderPatterns('*@ledger.example no-reply@target.example') // ['*@ledger.example', 'no-reply@target.example']
 */
export const senderPatterns = (output: string | undefined): string[] =>
  (output ?? '').split(' ').filter((word) => PATTERN.test(word));

/** Whether a pattern lets a whole domain send. */
export const isWholeDomain = (pattern: string): boolean => pattern.startsWith('*@');
