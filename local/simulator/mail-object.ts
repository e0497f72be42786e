import { ACCOUNT, arn } from '../arn.ts';
import { type AcceptedMail, type Header, headerValue } from '../ses/mail.ts';
import { bareAddress, domainOf, splitMailboxes } from '../ses/mailbox.ts';

const MAX_HEADER_CHARS = 10 * 1024;
const SOURCE_IP = '127.0.0.1';
const CALLER = 'local';

/** The `mail` object of a configuration-set event: headers and tags always, the address of the caller among the tags. */
export function eventMail(mail: AcceptedMail, type: string): object {
  const tags: Record<string, string[]> = {
    'ses:operation': [mail.operation],
    'ses:configuration-set': [mail.configurationSet ?? ''],
    'ses:source-ip': [SOURCE_IP],
    'ses:from-domain': [domainOf(mail.source)],
    'ses:caller-identity': [CALLER],
    ...(type === 'Delivery' && { 'ses:outgoing-ip': [SOURCE_IP] }),
  };
  for (const { name, value } of mail.tags) tags[name] = [value];
  // a template is filled in after its Send event
  const isUnfilled = type === 'Send' && mail.operation === 'SendTemplatedEmail';
  const original = isUnfilled ? mail.headers.filter(({ name }) => name !== 'Subject') : mail.headers;
  return {
    ...common(mail),
    ...(type === 'Rendering Failure'
      ? { headersTruncated: false }
      : { ...headers(original), commonHeaders: commonHeaders({ ...mail, headers: original }, mail.messageId) }),
    tags,
  };
}

/** The `mail` object of an identity notification: no tags, and headers only where the identity includes them. */
export function notificationMail(mail: AcceptedMail, includeHeaders: boolean): object {
  return {
    ...common(mail),
    sourceIp: SOURCE_IP,
    callerIdentity: CALLER,
    ...(includeHeaders && {
      ...headers(mail.headers),
      commonHeaders: commonHeaders(mail, headerValue(mail.headers, 'Message-ID')),
    }),
  };
}

const common = (mail: AcceptedMail): object => ({
  timestamp: mail.acceptedAt.toISOString(),
  source: mail.source,
  sourceArn: arn('ses', `identity/${domainOf(mail.source)}`),
  sendingAccountId: ACCOUNT,
  messageId: mail.messageId,
  destination: mail.recipients,
});

/** The original headers, cut where SES cuts them. */
function headers(all: readonly Header[]): { headersTruncated: boolean; headers: readonly Header[] } {
  const kept: Header[] = [];
  let chars = 0;
  for (const header of all) {
    chars += header.name.length + header.value.length;
    if (chars > MAX_HEADER_CHARS) return { headersTruncated: true, headers: kept };
    kept.push(header);
  }
  return { headersTruncated: false, headers: kept };
}

function commonHeaders(mail: AcceptedMail, messageId: string | undefined): object {
  const mailboxes = (name: string): string[] | undefined => {
    const value = headerValue(mail.headers, name);
    return value === undefined ? undefined : splitMailboxes(value);
  };
  // undefined members vanish when this becomes JSON, as SES leaves them out
  return {
    returnPath: bareAddress(mail.source),
    from: mailboxes('From') ?? [mail.source],
    replyTo: mailboxes('Reply-To'),
    date: headerValue(mail.headers, 'Date'),
    to: mailboxes('To') ?? [],
    cc: mailboxes('Cc'),
    messageId,
    subject: headerValue(mail.headers, 'Subject'),
  };
}
