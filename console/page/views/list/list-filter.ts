import type { Query } from '../../parts/route.ts';
import { REASONS, type Reason } from './reasons.ts';

/** What of the list is shown; empty means all. */
export interface ListFilter {
  readonly search: string;
  readonly reasons: readonly Reason[];
  readonly scope: string;
  readonly status: '' | 'suppressed' | 'allowed';
  /** Days, UTC; both belong to it. */
  readonly from: string;
  readonly to: string;
}

/** Everything. */
export const NO_FILTER: ListFilter = { search: '', reasons: [], scope: '', status: '', from: '', to: '' };

const statusOf = (given: string | null): ListFilter['status'] =>
  given === 'suppressed' || given === 'allowed' ? given : '';

/** The filter in the page's own address. */
export const filterOf = (query: URLSearchParams): ListFilter => ({
  search: query.get('search') ?? '',
  reasons: REASONS.filter((reason) => query.getAll('reason').includes(reason)),
  scope: query.get('scope') ?? '',
  status: statusOf(query.get('status')),
  from: query.get('from') ?? '',
  to: query.get('to') ?? '',
});

/** The same to be put into the page's own address. */
export const hashQuery = ({ search, reasons, scope, status, from, to }: ListFilter): Query => ({
  search,
  reason: reasons,
  scope,
  status,
  from,
  to,
});

/** Whether anything is left out. */
export const isFiltering = (filter: ListFilter): boolean =>
  Object.values(hashQuery(filter)).some((value) => value !== '' && (value as { length: number }).length > 0);

const DAY_MS = 86_400_000;

/** The server's range ends before its end. */
const dayAfter = (day: string): string => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + DAY_MS).toISOString().slice(0, 10);
};

/** The same as the server is asked. */
export const serverQuery = ({ search, reasons, scope, status, from, to }: ListFilter): Query => ({
  search,
  reason: reasons,
  scope,
  status,
  since: from,
  until: to === '' ? '' : dayAfter(to),
});
