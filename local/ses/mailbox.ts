import { invalidParameter } from './fault.ts';

/**
 * The bare address in a mailbox as a header or an envelope writes it, case kept.
 *
 * @example bareAddress('"Pat, Ltd" <Pat@target.example>') // Pat@target.example
 */
export function bareAddress(mailbox: string): string {
  const open = mailbox.lastIndexOf('<');
  const close = mailbox.lastIndexOf('>');
  return (open >= 0 && close > open ? mailbox.slice(open + 1, close) : mailbox).trim();
}

/** The domain of a mailbox in lower case; empty when it has none. */
export function domainOf(mailbox: string): string {
  const address = bareAddress(mailbox);
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1).toLowerCase();
}

/** Splits an address header at its commas, leaving those in quotes and angle brackets alone. */
export function splitMailboxes(header: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let angled = false;
  for (let at = 0; at < header.length; at += 1) {
    const letter = header[at];
    if (quoted && letter === '\\') at += 1;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '<') angled = true;
    else if (!quoted && letter === '>') angled = false;
    else if (!quoted && !angled && letter === ',') {
      parts.push(header.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(header.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * Refuses what SES refuses: one such mailbox and the whole message is lost.
 *
 * @throws SesFault `InvalidParameterValue`
 */
export function checkMailbox(mailbox: string): void {
  const address = bareAddress(mailbox);
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const domain = address.slice(at + 1);
  if (at < 0 || domain === '') throw invalidParameter("Missing final '@domain'");
  if (local === '') throw invalidParameter('Missing local name');
  if (/[^\x20-\x7e]/.test(local) || (!local.startsWith('"') && local.includes(' '))) {
    throw invalidParameter('Local address contains control or whitespace');
  }
  if (domain.includes('..')) throw invalidParameter('Domain contains dot-dot');
  if (domain.startsWith('.')) throw invalidParameter('Domain starts with dot');
  if (domain.endsWith('.')) throw invalidParameter('Domain ends with dot');
  if (!/^[A-Za-z0-9.-]+$/.test(domain)) throw invalidParameter('Domain contains illegal character');
}
