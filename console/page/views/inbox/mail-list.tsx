import { useEffect, useRef } from 'preact/hooks';
import type { InboxView } from '../../../api.ts';
import { Badge } from '../../parts/badge.tsx';
import { link } from '../../parts/route.ts';
import { Text } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';

type Mail = InboxView['mails'][number];

const Line = ({ mail, open }: { readonly mail: Mail; readonly open: boolean }) => {
  const [first = '', ...others] = mail.recipients;
  return (
    <a class="mail-line" href={link('inbox', [mail.messageId])} aria-current={open ? 'true' : undefined}>
      <span class="mail-subject">{mail.subject === '' ? 'No subject' : <Text>{mail.subject}</Text>}</span>
      <Time iso={mail.at} form="short" />
      <span class="mail-to">
        To <Text>{first}</Text>
        {others.length === 0 ? null : ` +${others.length} more`}
      </span>
      {mail.stream === null ? null : (
        <Badge>
          <Text>{mail.stream}</Text>
        </Badge>
      )}
    </a>
  );
};

/** The mails that SES accepted, newest first. */
export const MailList = ({ inbox, open }: { readonly inbox: InboxView; readonly open: string | undefined }) => {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const more = inbox.accepted - inbox.mails.length;
  return (
    <nav class="mail-nav" aria-label="Mails">
      <ul class="mail-list" ref={list}>
        {inbox.mails.map((mail) => (
          <li key={mail.messageId}>
            <Line mail={mail} open={mail.messageId === open} />
          </li>
        ))}
      </ul>
      {more > 0 ? <p class="hint mail-more">{more.toLocaleString('en')} older mails are not shown.</p> : null}
    </nav>
  );
};
