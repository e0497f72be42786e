import type { FeedItem } from '../../../api.ts';
import { kindOf } from '../../parts/feed/kinds.ts';
import type { Query } from '../../parts/route.ts';

/** Which lines are shown; nothing chosen means all. */
export interface FeedFilter {
  readonly kinds: readonly string[];
  readonly streams: readonly string[];
  /** A part of the address, in lower case or not. */
  readonly address: string;
}

/** The filter in the page's own address. */
export const filterOf = (query: URLSearchParams): FeedFilter => ({
  kinds: query.getAll('kind'),
  streams: query.getAll('stream'),
  address: query.get('address') ?? '',
});

export const queryOf = ({ kinds, streams, address }: FeedFilter): Query => ({ kind: kinds, stream: streams, address });

export const isFiltering = ({ kinds, streams, address }: FeedFilter): boolean =>
  kinds.length > 0 || streams.length > 0 || address !== '';

/** Tells whether a line is shown. */
export const shows = ({ kinds, streams, address }: FeedFilter): ((item: FeedItem) => boolean) => {
  const part = address.trim().toLowerCase();
  return (item) =>
    (kinds.length === 0 || kinds.includes(kindOf(item))) &&
    (streams.length === 0 || (item.stream !== null && streams.includes(item.stream))) &&
    (part === '' || item.addresses.some((each) => each.toLowerCase().includes(part)));
};
