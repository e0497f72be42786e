import MailComposer from 'nodemailer/lib/mail-composer';
import type { Compose, NamedAddress } from '../core/send/mailer.ts';
import { cleanText } from '../core/text.ts';
import { decodeEncodedWords } from './encoded-words.ts';

/** Nobody to name: an empty group, RFC 5322 appendix A.1.3. The composer would put its name in quotes. */
const UNDISCLOSED = Buffer.from('To: undisclosed-recipients:;\r\n');
const NAME_CHARS = 320;

/**
 * A mailbox for a header. A name that the caller has encoded already is decoded first: encoded words inside of quotes,
 * where the composer would put them, are shown to people as they are.
 */
const mailbox = ({ name, address }: NamedAddress): NamedAddress => ({
  name: cleanText(decodeEncodedWords(name), NAME_CHARS).trim(),
  address,
});

/** Line ends as mail has them: a lone CR or LF may not travel (RFC 5321 section 2.3.8). */
const lines = (content: string): string => content.replace(/\r\n?|\n/g, '\r\n');

/**
 * Builds a MIME message with text, HTML or both. It names the sender, To, Cc and Reply-To and nobody else, never has a
 * Bcc, and an empty To reads `undisclosed-recipients:;`. Display names and subject may be in any script.
 *
 * Content is taken as it is: nothing is read from files or fetched. SES replaces the Message-ID and Date it carries.
 *
 * @returns the message with CRLF line ends
 * @example await composeMime({ from, to: [{ name: 'Pat', address: 'pat@target.example' }], cc: [], replyTo: [], subject: 'Hi', text: 'Hi' })
 */
export const composeMime: Compose = async ({ from, to, cc, replyTo, subject, text, html }) => {
  const message = new MailComposer({
    from: mailbox(from),
    ...(to.length === 0 ? {} : { to: to.map(mailbox) }),
    ...(cc.length === 0 ? {} : { cc: cc.map(mailbox) }),
    ...(replyTo.length === 0 ? {} : { replyTo: replyTo.map(mailbox) }),
    subject,
    ...(text === undefined ? {} : { text: lines(text) }),
    ...(html === undefined ? {} : { html: lines(html) }),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  }).compile();
  const built = await message.build();
  return to.length === 0 ? Buffer.concat([UNDISCLOSED, built]) : built;
};
