import type { ListEntry } from '../../../api.ts';
import { Address } from '../../parts/address.tsx';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { link } from '../../parts/route.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Text } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';

const toneOf = ({ status, ended }: ListEntry): Tone => {
  if (status === 'allowed') return 'good';
  return status === 'suppressed' && !ended ? 'bad' : 'plain';
};

const Until = ({ entry: { status, until, ended } }: { readonly entry: ListEntry }) => {
  if (status === 'watched') return <span class="muted">–</span>;
  if (until === null) return <>no end</>;
  return (
    <span class={ended ? 'muted' : undefined}>
      {ended ? 'ended ' : null}
      <Time iso={until} form="minute" />
    </span>
  );
};

const When = ({ iso }: { readonly iso: string | null }) =>
  iso === null || iso === '' ? <span class="muted">–</span> : <Time iso={iso} form="minute" />;

const Row = ({ entry }: { readonly entry: ListEntry }) => (
  <tr>
    <th scope="row" data-label="Address">
      <a href={link('entry', [entry.address])}>
        <Address>{entry.address}</Address>
      </a>
    </th>
    <td data-label="Scope" class="list-scope">
      <Text>{entry.scope}</Text>
    </td>
    <td data-label="Status">
      <span>
        <Badge tone={toneOf(entry)}>{entry.status}</Badge>
      </span>
    </td>
    <td data-label="Reason" class="list-reason">
      {entry.reason === null ? <span class="muted">–</span> : <Text>{entry.reason}</Text>}
    </td>
    <td data-label="Since">
      <When iso={entry.since} />
    </td>
    <td data-label="Until" class="list-until">
      <Until entry={entry} />
    </td>
    <td data-label="Changed">
      <When iso={entry.updatedAt} />
    </td>
  </tr>
);

/** Entries line by line; on a narrow screen card by card. */
export const EntryTable = ({
  entries,
  stale,
}: {
  readonly entries: readonly ListEntry[];
  /** Another page is on its way. */
  readonly stale: boolean;
}) => (
  <Scroll label="Entries">
    <table class={`table cards list-table${stale ? ' stale' : ''}`} aria-busy={stale}>
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Scope</th>
          <th scope="col">Status</th>
          <th scope="col">Reason</th>
          <th scope="col">Since</th>
          <th scope="col">Until</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={`${entry.address}\n${entry.scope}`} entry={entry} />
        ))}
      </tbody>
    </table>
  </Scroll>
);
