import PostalMime from 'postal-mime';
import { seededRandom } from '../../../local/seeded-random.ts';
import { claim } from '../acceptance-error.ts';
import type { Stage } from '../stage.ts';

const BYTES = 500_000;

/** A mail with an attachment arrives at SES with every byte of it. */
export const attachments = async (stage: Stage, seed: number): Promise<string> => {
  const random = seededRandom(seed);
  const bytes = Buffer.from(Uint8Array.from({ length: BYTES }, () => Math.floor(random() * 256)));
  const { status } = await stage.answerTo({
    to: ['Zoë <success+attachment@simulator.amazonses.com>'],
    subject: 'Rechnung für März',
    attachments: [
      { filename: 'Übersicht.pdf', contentType: 'application/pdf', content: bytes.toString('base64') },
      { filename: 'note.txt', contentType: 'text/plain', content: Buffer.from('12,50 €').toString('base64') },
    ],
  });
  claim(status === 'sent', `a mail with attachments should be sent, but is ${status}`);
  const mail = await PostalMime.parse(stage.parts.ses.inbox.last?.raw ?? '');
  claim(mail.subject === 'Rechnung für März', `the subject should arrive as it was, but is ${mail.subject}`);
  const [pdf, note] = mail.attachments;
  const named = mail.attachments.map(({ filename, mimeType }) => `${filename} ${mimeType}`).join(', ');
  claim(
    named === 'Übersicht.pdf application/pdf, note.txt text/plain',
    `SES should get two attachments, but gets ${named}`,
  );
  claim(bytes.equals(Buffer.from(pdf?.content as ArrayBuffer)), 'every byte should arrive, but they differ');
  const text = Buffer.from(note?.content as ArrayBuffer).toString('utf8');
  claim(text === '12,50 €', `the text should arrive as it was, but is ${text}`);
  return `two attachments, ${BYTES.toLocaleString('en')} random bytes among them, arrived byte for byte`;
};
