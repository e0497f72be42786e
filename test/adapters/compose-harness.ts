import PostalMime from 'postal-mime';
import { composeMime } from '../../adapters/compose-mime.ts';
import type { MessageParts } from '../../core/send/mailer.ts';

/** A short message with nothing special in it. */
export const PARTS: MessageParts = {
  from: { name: 'Ledger', address: 'no-reply@ledger.example' },
  to: [{ name: '', address: 'pat@target.example' }],
  cc: [],
  replyTo: [],
  subject: 'Your receipt',
  text: 'Hello',
  attachments: [],
  headers: [],
};

/** The message with these parts instead, built: as bytes, as text, its headers, and as a mail program reads it. */
export const compose = async (parts: Partial<MessageParts>) => {
  const raw = Buffer.from(await composeMime({ ...PARTS, ...parts }));
  const text = raw.toString('latin1');
  return { raw, text, head: text.slice(0, text.indexOf('\r\n\r\n')), mail: await PostalMime.parse(raw) };
};
