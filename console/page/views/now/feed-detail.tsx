import type { FeedDetail, FeedItem } from '../../../api.ts';
import { Badge } from '../../parts/badge.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { effectTone, kindName, kindOf, toneOf } from '../../parts/feed/kinds.ts';
import { get } from '../../parts/fetch.ts';
import { RawView } from '../../parts/raw-view.tsx';
import { link } from '../../parts/route.ts';
import { Loading, ProblemBox } from '../../parts/states.tsx';
import { Text } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { scopeWords, untilWords } from '../../parts/words.ts';

const text = (value: string | null) => (value === null ? null : <Text>{value}</Text>);

const Addresses = ({ item }: { readonly item: FeedItem }) => (
  <ul class="feed-addresses">
    {item.addresses.map((address) => (
      <li key={address}>
        <a href={link('entry', [address])}>
          <Text>{address}</Text>
        </a>
      </li>
    ))}
    {item.recipients > item.addresses.length ? (
      <li class="muted">and {item.recipients - item.addresses.length} more</li>
    ) : null}
  </ul>
);

/** Where a decision with this effect holds, and how long. */
const reach = ({ effect, scope, until }: FeedItem): string | null => {
  if (scope === null) return null;
  const ends = effect === 'suppress' || effect === 'hold' || until !== null;
  return ends ? `${scopeWords(scope)}, ${untilWords(until)}` : scopeWords(scope);
};

const Decided = ({ detail: { sentence, because, source } }: { readonly detail: FeedDetail }) => (
  <div class="feed-decided">
    <p class="feed-sentence">
      <Text>{sentence}</Text>
    </p>
    {because === null ? null : (
      <p>
        <Text>{because}</Text>
      </p>
    )}
    {source === null ? null : (
      <p class="hint">
        Source: <Text>{source}</Text>
      </p>
    )}
  </div>
);

const Raw = ({ detail: { raw, lacks } }: { readonly detail: FeedDetail }) => (
  <section class="stack" aria-label="As it was">
    <h3>As it was</h3>
    {raw.map((each) => (
      <RawView key={each.title} raw={each} />
    ))}
    {lacks === null ? null : (
      <p class="muted">
        <Text>{lacks}</Text>
      </p>
    )}
  </section>
);

/** All that is known of one line, at the side. */
export const FeedDetailPanel = ({ item, onClose }: { readonly item: FeedItem; readonly onClose: () => void }) => {
  const {
    value: detail,
    problem,
    reload,
  } = useLoaded(`${item.id}`, (signal) => get<FeedDetail>(`/feed/${item.id}`, {}, signal));
  const kind = kindOf(item);
  const saysFinding = item.finding === '' || detail?.sentence.includes(item.finding) === true;
  return (
    <Dialog
      side
      title={kindName(kind)}
      heading={
        <span class="feed-heading">
          <Badge tone={toneOf(item)}>
            <Text>{kindName(kind)}</Text>
          </Badge>
          {item.addresses[0] === undefined ? null : <Text>{item.addresses[0]}</Text>}
        </span>
      }
      onClose={onClose}
    >
      <div class="stack feed-detail">
        {detail === undefined ? null : <Decided detail={detail} />}
        <Facts
          of={[
            [
              'When',
              <>
                <Time iso={item.at} /> UTC
              </>,
            ],
            [item.recipients === 1 ? 'Address' : 'Addresses', item.recipients === 0 ? null : <Addresses item={item} />],
            ['Rule', item.rule === null ? null : <code>{item.rule}</code>],
            [
              'Effect',
              item.effect === null ? null : (
                <span class={`effect ${effectTone(item.effect)}`}>
                  <Text>{item.effect}</Text>
                </span>
              ),
            ],
            ['Reason', text(item.reason)],
            ['Holds', reach(item)],
            ['Stream', text(item.stream)],
            ['Subject', text(item.subject)],
            ['Finding', saysFinding ? null : text(item.finding)],
            [
              'Message',
              item.messageId === null ? null : (
                <span class="feed-message">
                  <Text mono>{item.messageId}</Text>
                  <CopyButton text={item.messageId} what="the message id" />
                </span>
              ),
            ],
          ]}
        />
        {problem === null ? null : <ProblemBox problem={problem} onRetry={reload} />}
        {detail === undefined && problem === null ? <Loading what="the raw message" /> : null}
        {detail === undefined ? null : <Raw detail={detail} />}
      </div>
    </Dialog>
  );
};
