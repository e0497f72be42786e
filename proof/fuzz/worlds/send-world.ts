import { composeMime } from '../../../adapters/compose-mime.ts';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { MemoryMessageIds } from '../../../adapters/memory-message-ids.ts';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { type Address, parseAddress } from '../../../core/address/address.ts';
import { DEFAULT_POLICY, EVERYWHERE } from '../../../core/contract/index.ts';
import { emptyEntry } from '../../../core/entry/entry.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { ok } from '../../../core/result.ts';
import type { OutgoingMail } from '../../../core/send/mailer.ts';
import { isObject, type Json } from '../json.ts';
import { type Asked, checkMail } from '../oracles-mail.ts';
import { LISTED } from '../seeds/requests.ts';

export const NOW = Date.UTC(2026, 0, 3);

/** The streams that are counted. */
export const COUNTED = ['receipts', 'newsletter'];

/** The key of an address that has one. */
export const keyOf = (raw: string): Address => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};

/** All texts in a value. */
const textsIn = (value: Json | undefined): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each: Json) => textsIn(each));
};

/** Names of headers in a raw message, wherever a line begins with something like one. */
const namesIn = (base64: string): string[] =>
  Buffer.from(base64, 'base64')
    .toString('latin1')
    .split(/[\r\n]+/)
    .flatMap((line) => /^([^:]*?)[ \t]*:/.exec(line)?.[1] ?? [])
    .map((name) => name.toLowerCase());

/** Mailboxes anywhere in the headers of a raw message, split at everything that may stand between two. */
const mailboxesIn = (base64: string): string[] => {
  const text = Buffer.from(base64, 'base64').toString();
  return [text, text.replace(/\r?\n[ \t]/g, ' ')]
    .flatMap((each) => each.split(/\r?\n|\r/))
    .flatMap((line) => [line, ...line.split(/[,;:<>]/), line.replace(/^[^:]*:/, '')])
    .map((each) => each.trim());
};

/** What a request asks for, read in another and a simpler way than the send function does. */
export const askedBy = (request: Json): Omit<Asked, 'suppressed'> => {
  const fields = isObject(request) ? request : {};
  const given = ['to', 'cc', 'bcc'].flatMap((field) => textsIn(fields[field]));
  const raw = typeof fields.raw === 'string' ? fields.raw : undefined;
  const headers = isObject(fields.headers) ? Object.keys(fields.headers).map((name) => name.toLowerCase()) : [];
  return {
    form: raw === undefined ? 'built' : 'raw',
    recipients: given.length > 0 || raw === undefined ? given : mailboxesIn(raw),
    headers: new Set(raw === undefined ? headers : namesIn(raw)),
  };
};

/** All that a send touches, in memory, and with one address on the list. */
export const sendWorld = async () => {
  const ledger = new MemoryLedger({ now: () => NOW });
  const evidence = [{ id: 'e', at: NOW - 1000, rule: 'hard-bounce', reason: 'hard-bounce' as const, type: 'Bounce' }];
  const entry = { ...emptyEntry({ address: keyOf(LISTED), scope: EVERYWHERE }), evidence };
  await learn(ledger, [entry], DEFAULT_POLICY);
  const mails: OutgoingMail[] = [];
  return {
    mails,
    /** @throws Violation if a mail is not as its request asked for */
    check: async (request: Json): Promise<void> => {
      const asked = { ...askedBy(request), suppressed: new Set([LISTED]) };
      for (const mail of mails) await checkMail(mail, asked);
    },
    deps: {
      ledger,
      sends: new MemorySends(),
      messageIds: new MemoryMessageIds(),
      mailer: {
        send: async (mail: OutgoingMail) => {
          mails.push(mail);
          const messageId = `0100-${mails.length}`;
          return ok({ messageId, messageIdHeader: `<${messageId}@email.amazonses.com>` });
        },
      },
      compose: composeMime,
      unsubscribe: {
        link: async (address: string, stream: string) =>
          `https://u.example/?t=${encodeURIComponent(`${stream}.${address}`)}`,
      },
      policy: DEFAULT_POLICY,
      configurationSet: 'main',
      configurationSets: ['main', 'other'],
      streams: new Set(COUNTED),
    },
  };
};
