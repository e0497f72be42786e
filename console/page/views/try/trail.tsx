import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FeedItem } from '../../../api.ts';
import { Badge, Status } from '../../parts/badge.tsx';
import { effectTone, kindName, kindOf, toneOf } from '../../parts/feed/kinds.ts';
import type { LiveFeed } from '../../parts/feed/use-feed.ts';
import { link } from '../../parts/route.ts';
import { Text } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';
import { counted } from '../../parts/words.ts';
import { ListNow } from './list-now.tsx';
import { addressIn, type Sent } from './sent.ts';

/** After so long it is said that nothing came. */
const PATIENCE_MS = 20_000;

const Step = ({
  title,
  at,
  children,
}: {
  readonly title: string;
  readonly at?: string;
  readonly children: ComponentChildren;
}) => (
  <li class="trail-step">
    <p class="trail-head">
      <span class="trail-title">{title}</span>
      {at === undefined ? null : <Time iso={at} form="short" />}
    </p>
    <div class="trail-words">{children}</div>
  </li>
);

const Said = ({ item }: { readonly item: FeedItem }) => (
  <div class="trail-said">
    <p class="row trail-who">
      <Badge tone={toneOf(item)}>
        <Text>{kindName(kindOf(item))}</Text>
      </Badge>
      <span>
        {item.addresses.map((address) => (
          <Text key={address}>{address}</Text>
        ))}
      </span>
      <Time iso={item.at} form="short" />
    </p>
    {item.finding === '' ? null : (
      <p class="muted">
        <Text>{item.finding}</Text>
      </p>
    )}
    {item.rule === null ? null : (
      <p>
        Rule <Text mono>{item.rule}</Text>, effect{' '}
        <Badge tone={effectTone(item.effect ?? 'none')}>
          <Text>{item.effect ?? 'none'}</Text>
        </Badge>
      </p>
    )}
  </div>
);

const Waiting = ({ what }: { readonly what: string }) => {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late ? (
    <p class="muted">Nothing was heard for {PATIENCE_MS / 1000} seconds; it still shows here if it comes.</p>
  ) : (
    <p class="row muted">
      <span class="spinner" aria-hidden="true" /> {what}
    </p>
  );
};

/** What happens to one mail, step by step, as it happens. */
export const Trail = ({ sent, feed }: { readonly sent: Sent; readonly feed: LiveFeed }) => {
  const { view, answer } = sent;
  const { suppressed } = answer;
  const messageId = view.ok ? view.messageId : null;
  const about = messageId === null ? [] : feed.items.filter((item) => item.messageId === messageId).reverse();
  const accepted = about.find((item) => item.what === 'accepted');
  const said = about.filter((item) => item.what === 'feedback');
  const heardOf = (address: string) =>
    said.filter((item) => item.addresses.some((each) => each.toLowerCase() === address.toLowerCase())).length;
  const mailed = answer.sent.map(addressIn);
  const silent = mailed.filter((address) => heardOf(address) === 0);
  const everybody = [...new Set([...mailed, ...suppressed.map(({ address }) => address)])];
  return (
    <ol class="trail">
      <Step title="The list was asked">
        {suppressed.length === 0 ? (
          <Status tone="good">Nobody is suppressed: all may be mailed.</Status>
        ) : (
          <Status tone="notice">
            {suppressed.length} {suppressed.length === 1 ? 'is' : 'are'} suppressed
            {mailed.length === 0 ? ': nobody is left to mail.' : `, ${mailed.length} may be mailed.`}
          </Status>
        )}
      </Step>
      {messageId === null ? (
        <Step title="SES was not asked">
          <Status tone="plain">Nothing left this computer’s cloud.</Status>
        </Step>
      ) : (
        <Step title="SES accepted the mail" {...(accepted === undefined ? {} : { at: accepted.at })}>
          <p>
            For {counted(mailed.length, 'recipient')}. <a href={link('inbox', [messageId])}>Read it in the inbox</a>
          </p>
        </Step>
      )}
      {messageId === null ? null : (
        <Step title="SES says what became of it">
          {said.map((item) => (
            <Said key={item.id} item={item} />
          ))}
          {silent.length === 0 ? null : <Waiting what="Waiting for what SES says …" />}
        </Step>
      )}
      {everybody.length === 0 ? null : (
        <Step title="The list now">
          <ul class="trail-list">
            {everybody.map((address) => (
              <li key={address}>
                <ListNow address={address} heard={heardOf(address)} />
              </li>
            ))}
          </ul>
        </Step>
      )}
    </ol>
  );
};
