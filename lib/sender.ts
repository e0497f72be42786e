/** Characters of an address that mean nothing to an IAM policy: `*`, `?` and `$` do, and stay out. */
const LOCAL = /^[A-Za-z0-9!#%&'+/=^_`{|}~.-]{1,64}$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

const isDomain = (text: string): boolean => {
  const labels = text.split('.');
  return text.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label));
};

/** The text with its domain in lower case; the local part keeps its case. */
const lowerDomain = (text: string): string => {
  const at = text.lastIndexOf('@') + 1;
  return text.slice(0, at) + text.slice(at).toLowerCase();
};

const isAddressOrDomain = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  return at < 0 ? isDomain(text) : LOCAL.test(text.slice(0, at)) && isDomain(text.slice(at + 1));
};

/** Whether the text is an identity of SES: an address or a domain, in ASCII, the domain in lower case as in ARNs. */
export const isIdentity = (text: string): boolean => isAddressOrDomain(text) && text === lowerDomain(text);

/** Whether the text is a plain e-mail address, in ASCII: no name, no angle brackets. */
export const isEmail = (text: string): boolean => text.includes('@') && isAddressOrDomain(text);

/** Whether the text names a sender: an address, or a domain as `ledger.example`, `@ledger.example`, `*@ledger.example`. */
export const isSender = (text: string): boolean => isAddressOrDomain(text.replace(/^\*?@/, ''));

/**
 * What `ses:FromAddress` must look like for these senders, for `StringLike`.
 *
 * SES compares case-sensitively (Developer Guide, "Sending policy examples"). The send function writes the domain of From
 * in lower case; a local part is allowed as written and in lower case, and a request must use one of the two. A domain
 * does not include its subdomains.
 *
 * @example fromPatterns(['No-Reply@Ledger.example', '@target.example'])
 * // ['No-Reply@ledger.example', 'no-reply@ledger.example', '*@target.example']
 */
export const fromPatterns = (senders: readonly string[]): string[] => {
  const patterns = senders.map((sender) =>
    lowerDomain(/^[^*@]+@/.test(sender) ? sender : `*@${sender.replace(/^\*?@/, '')}`),
  );
  return [...new Set(patterns.flatMap((pattern) => [pattern, pattern.toLowerCase()]))];
};
