import '../../styles/now.css';
import { useCallback, useMemo, useState } from 'preact/hooks';
import type { FeedItem, FeedState } from '../../../api.ts';
import { Status } from '../../parts/badge.tsx';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Choices } from '../../parts/choice.tsx';
import { useDeployment } from '../../parts/deployment.ts';
import { kindOptions } from '../../parts/feed/kinds.ts';
import { type LiveFeed, MOST_LINES, useFeed } from '../../parts/feed/use-feed.ts';
import { Field } from '../../parts/field.tsx';
import { go, link, useRoute } from '../../parts/route.ts';
import { Empty, Loading, ProblemBox } from '../../parts/states.tsx';
import { View } from '../../parts/view.tsx';
import { counted } from '../../parts/words.ts';
import { FeedDetailPanel } from './feed-detail.tsx';
import { type FeedFilter, filterOf, isFiltering, queryOf, shows } from './feed-filter.ts';
import { FeedRows } from './feed-rows.tsx';
import { PulseStrip } from './pulse-strip.tsx';
import { useAnnounced } from './use-announced.ts';

const filterBy = (filter: FeedFilter): void => go(link('now', [], queryOf(filter)), { replace: true });

const Line = ({ line, state, paused }: Pick<LiveFeed, 'line' | 'state'> & { readonly paused: boolean }) => {
  if (line === 'lost') return <Status tone="bad">Reconnecting …</Status>;
  if (line === 'opening') return <Status tone="plain">Connecting …</Status>;
  if (state !== null && state.problem !== null) return <Status tone="bad">Cannot be read</Status>;
  return paused ? <Status tone="notice">Paused</Status> : <Status tone="good">Live</Status>;
};

/** What is shown here, and why a deployed stack shows less than a local cloud. */
const intro = (state: FeedState | null, local: boolean): string => {
  if (state?.of !== 'list') return 'Sends and what SES says of them, newest first.';
  const every = state.everySeconds === null ? '' : `, looked for every ${counted(state.everySeconds, 'second')}`;
  if (local) return `Changes of the list${every}. What is sent is shown by the console that “npm start” printed.`;
  return `The functions of a deployed stack log no addresses, so changes of the list are shown here${every}.`;
};

const Nothing = ({ filter, state }: { readonly filter: FeedFilter; readonly state: FeedState | null }) => {
  const of = state?.of ?? 'all';
  const desk = useDeployment()?.desk === true;
  if (state !== null && state.problem !== null)
    return (
      <Empty title="Whether anything happens is not known">
        <p>It is tried again by itself.</p>
      </Empty>
    );
  if (isFiltering(filter))
    return (
      <Empty
        title="Nothing like this has happened yet"
        actions={<Button onClick={() => filterBy({ kinds: [], streams: [], address: '' })}>Clear filters</Button>}
      >
        <p>Lines that fit the filters appear here by themselves.</p>
      </Empty>
    );
  return (
    <Empty
      title={of === 'list' ? 'Nothing has changed yet' : 'Nothing has happened yet'}
      actions={
        desk ? (
          <ButtonLink kind="primary" href={link('try')}>
            Try it: send a mail
          </ButtonLink>
        ) : null
      }
    >
      <p>{of === 'list' ? 'Changes of the list' : 'Sends and what SES says of them'} appear here by themselves.</p>
    </Empty>
  );
};

/** What happens, as it happens. */
const Now = () => {
  const { items, pulse, state, line } = useFeed();
  const deployment = useDeployment();
  const { query } = useRoute();
  const filter = useMemo(() => filterOf(query), [query.toString()]);
  const [frozen, setFrozen] = useState<readonly FeedItem[] | null>(null);
  const [opened, setOpened] = useState<FeedItem | null>(null);

  const fits = useMemo(() => shows(filter), [filter]);
  const shown = useMemo(() => (frozen ?? items).filter(fits), [frozen, items, fits]);
  const pausedAt = frozen === null ? null : (frozen[0]?.id ?? 0);
  const waiting = pausedAt === null ? 0 : items.filter((item) => item.id > pausedAt && fits(item)).length;
  useAnnounced(items[0]?.id ?? 0, frozen !== null);

  const of = state?.of ?? 'all';
  const streams = useMemo(
    () =>
      [
        ...new Set([
          ...(deployment?.streams ?? []),
          ...items.flatMap(({ stream }) => (stream === null ? [] : [stream])),
          ...filter.streams,
        ]),
      ].map((value) => ({ value, label: value })),
    [deployment, items, filter],
  );
  const close = useCallback(() => setOpened(null), []);

  return (
    <View title="Now" intro={intro(state, deployment?.local === true)}>
      <PulseStrip pulse={pulse} />
      {state === null || state.problem === null ? null : <ProblemBox problem={state.problem} />}
      <div class="filters now-filters">
        <Choices
          label="What"
          options={kindOptions(of, items, filter.kinds)}
          chosen={filter.kinds}
          onChange={(kinds) => filterBy({ ...filter, kinds })}
        />
        {streams.length === 0 ? null : (
          <Choices
            label="Stream"
            options={streams}
            chosen={filter.streams}
            onChange={(chosen) => filterBy({ ...filter, streams: chosen })}
          />
        )}
        <Field label="Address" hideLabel>
          {(of) => (
            <input
              {...of}
              type="search"
              placeholder="Part of an address"
              maxLength={320}
              autoComplete="off"
              spellcheck={false}
              value={filter.address}
              onInput={(event) => filterBy({ ...filter, address: event.currentTarget.value })}
            />
          )}
        </Field>
        <div class="now-live">
          <Line line={line} state={state} paused={frozen !== null} />
          {waiting > 0 ? <span class="now-waiting">{waiting.toLocaleString('en')} new</span> : null}
          <Button aria-pressed={frozen !== null} onClick={() => setFrozen(frozen === null ? items : null)}>
            {frozen === null ? 'Pause' : 'Resume'}
          </Button>
        </div>
      </div>
      {shown.length > 0 ? <FeedRows items={shown} onOpen={setOpened} /> : null}
      {shown.length === 0 && (state !== null || items.length > 0) ? <Nothing filter={filter} state={state} /> : null}
      {shown.length === 0 && state === null && items.length === 0 ? <Loading what="the feed" /> : null}
      {items.length >= MOST_LINES ? (
        <p class="hint">The newest {counted(MOST_LINES, 'line')} are kept in this page.</p>
      ) : null}
      {opened === null ? null : <FeedDetailPanel item={opened} onClose={close} />}
    </View>
  );
};

export default Now;
