import '../../styles/list.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce.ts';
import { Notice } from '../../parts/badge.tsx';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { useDeployment } from '../../parts/deployment.ts';
import { go, link, searchOf, useRoute } from '../../parts/route.ts';
import { Loading, ProblemBox } from '../../parts/states.tsx';
import { Text } from '../../parts/text.tsx';
import { View } from '../../parts/view.tsx';
import { AddDialog } from '../entry/add-dialog.tsx';
import { decidedWords } from '../entry/decided-words.ts';
import { EntryTable } from './entry-table.tsx';
import { Filters } from './filters.tsx';
import { filterOf, hashQuery, type ListFilter, NO_FILTER, serverQuery } from './list-filter.ts';
import { Nothing } from './nothing.tsx';
import { Pager, rowWords } from './pager.tsx';
import { usePages } from './use-pages.ts';

/** From so many rows on, the way to the next page stands below them, too. */
const LONG = 15;

const show = (filter: ListFilter, after: string | null = null, replace = true): void =>
  go(link('list', [], { ...hashQuery(filter), after }), { replace });

/** Who is not mailed, and why. */
const List = () => {
  const { query } = useRoute();
  const filter = filterOf(query);
  const after = query.get('after');
  const asked = serverQuery(filter);
  const { page, problem, loading, before, reload } = usePages(asked, after);
  const deployment = useDeployment();
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState<{ readonly address: string; readonly words: readonly string[] } | null>(null);
  const top = useRef<HTMLDivElement>(null);

  const next = page?.next ?? null;
  const words = page === undefined ? '' : rowWords(page, before);
  const onNext = next === null || loading ? null : () => show(filter, next, false);
  const onPrevious = after === null || loading ? null : () => show(filter, before?.cursor ?? null, false);
  const pager = {
    words,
    previous: before === undefined ? 'First page' : 'Previous',
    onPrevious,
    next: page !== undefined && page.entries.length === 0 ? 'Look further' : 'Next',
    onNext,
  } as const;

  const told = useRef<string | null>(null);
  useEffect(() => {
    if (loading || problem !== null) return;
    if (told.current !== null && told.current !== words) announce(`${words}.`);
    told.current = words;
  }, [loading, problem, words]);

  const fromBelow = (move: (() => void) | null) =>
    move === null
      ? null
      : () => {
          move();
          top.current?.scrollIntoView();
        };
  const file = (format: string) => `/api/export?${searchOf({ ...asked, format })}`;
  const empty = page !== undefined && page.entries.length === 0;
  return (
    <View
      title="List"
      intro="Who is not mailed and why, the last change first."
      actions={
        <>
          <ButtonLink download href={file('csv')}>
            Export CSV
          </ButtonLink>
          <ButtonLink download href={file('ndjson')}>
            Export NDJSON
          </ButtonLink>
          {deployment !== undefined && deployment.home === null ? (
            <Button kind="primary" onClick={() => setAdding(true)}>
              Add address
            </Button>
          ) : null}
        </>
      }
    >
      {deployment === undefined || deployment.home === null ? null : (
        <Notice>
          This is a copy of the list. It is changed in its home Region, <Text>{deployment.home}</Text>.
        </Notice>
      )}
      {done === null ? null : (
        <Notice
          tone="good"
          actions={
            <ButtonLink small href={link('entry', [done.address])}>
              Show it
            </ButtonLink>
          }
        >
          {done.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      <Filters filter={filter} onChange={(changed) => show(changed)} />
      {problem === null ? null : <ProblemBox problem={problem} onRetry={reload} />}
      {problem === null || after === null ? null : (
        <p>
          <Button onClick={() => show(filter)}>First page</Button>
        </p>
      )}
      {page === undefined && problem === null ? <Loading what="the list" /> : null}
      {page === undefined || problem !== null ? null : (
        <div ref={top} class="list-page">
          {empty && after === null && next === null ? null : (
            <Pager label="Pages" {...pager}>
              <Button kind="quiet" busy={loading} onClick={reload}>
                Refresh
              </Button>
            </Pager>
          )}
          {empty ? (
            <Nothing
              filter={filter}
              exact={page.exact}
              looked={(before?.looked ?? 0) + page.looked}
              onFurther={onNext}
              onClear={() => show(NO_FILTER)}
            />
          ) : (
            <EntryTable entries={page.entries} stale={loading} />
          )}
          {page.entries.length < LONG ? null : (
            <Pager label="Pages, below" {...pager} onNext={fromBelow(onNext)} onPrevious={fromBelow(onPrevious)} />
          )}
        </div>
      )}
      {adding ? (
        <AddDialog
          onClose={() => setAdding(false)}
          onDone={(answer) => {
            setAdding(false);
            const sentences = decidedWords('add', answer);
            setDone({ address: answer.address, words: sentences });
            announce(sentences.join(' '));
            reload();
          }}
        />
      ) : null}
    </View>
  );
};

export default List;
