const FORM = /^<[!-;=?-~]{1,500}>$/;
/** Innermost ones, as far as they say nothing by backslashes. */
const COMMENT = /\([^()\\]*\)/g;

/** Whether a header's value is one message id of a usable length, angle brackets included. */
export const isMessageId = (value: string): boolean => FORM.test(value);

/**
 * The one message id that a header's value holds, comments beside it left out; undefined if it holds anything else.
 *
 * @see RFC 5322 section 3.6.4
 * @example messageIdIn('<order-4711@ledger.example> (a receipt)') // '<order-4711@ledger.example>'
 */
export const messageIdIn = (value: string): string | undefined =>
  [value, value.replace(COMMENT, '').trim()].find(isMessageId);
