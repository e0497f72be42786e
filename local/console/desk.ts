import type { DeskView } from '../../console/api.ts';
import type { Desk } from '../../console/server/desk.ts';
import { SIZE_LIMITS } from '../../core/send/size.ts';
import type { LocalAddresses, LocalCloud } from '../cloud.ts';
import { mailTo } from '../loop/send-mail.ts';
import type { AcceptedMail } from '../ses/mail.ts';
import { inertHtml } from './inert-html.ts';
import { letterView, mailLine } from './letter-view.ts';
import { withOwnPictures } from './own-pictures.ts';
import { type Parts, partsOf } from './parts-of.ts';
import { sentView } from './sent-view.ts';
import { SIMULATOR_ADDRESSES } from './simulator-addresses.ts';

const MAX_MAILS = 200;

const EXAMPLE = mailTo([]);

const viewOf = (lambda: string): DeskView => ({
  from: EXAMPLE.from,
  stream: EXAMPLE.stream,
  simulator: SIMULATOR_ADDRESSES,
  mostBytes: SIZE_LIMITS.invoke,
  invoke: `${lambda}/2015-03-31/functions/send/invocations`,
});

/** What a mail is made of that was not sent as MIME. */
const given = ({ content }: AcceptedMail): Parts => ({
  text: content?.text ?? undefined,
  html: content?.html ?? undefined,
  attachments: [],
});

/** What a desk needs of a local cloud. */
export type DeskCloud = Pick<LocalCloud, 'invoke' | 'inbox'> & { readonly addresses: Pick<LocalAddresses, 'lambda'> };

/**
 * Trying mails on a local cloud, and reading what its SES accepted. It begins nothing that outlives a call, so there is nothing to
 * close; `local/console/local-console.ts` hands it to the console: `startConsole({ …, desk: localDesk(cloud) })`.
 *
 * @example const sent = await localDesk(cloud).send({ from, to: ['bounce@simulator.amazonses.com'], subject: 'Hi', text: 'Hi' })
 */
export const localDesk = (cloud: DeskCloud): Desk => {
  const { inbox, addresses } = cloud;
  // as long as the inbox keeps the mail
  const read = new WeakMap<AcceptedMail, Promise<Parts | string>>();
  const find = (messageId: string) => inbox.mails.find((mail) => mail.messageId === messageId);
  const parts = (mail: AcceptedMail): Promise<Parts | string> => {
    const known = read.get(mail) ?? (mail.raw === null ? Promise.resolve(given(mail)) : partsOf(mail.raw));
    read.set(mail, known);
    return known;
  };
  return {
    view: viewOf(addresses.lambda),
    send: async (request) => sentView(await cloud.invoke('send', request)),
    inbox: () => ({ mails: inbox.mails.slice(-MAX_MAILS).reverse().map(mailLine), accepted: inbox.accepted }),
    letter: async (messageId) => {
      const mail = find(messageId);
      return mail && letterView(mail, await parts(mail));
    },
    html: async (messageId) => {
      const mail = find(messageId);
      const found = mail && (await parts(mail));
      if (found === undefined || typeof found === 'string' || found.html === undefined) return undefined;
      return withOwnPictures(inertHtml(found.html), found.attachments);
    },
  };
};
