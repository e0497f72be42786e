import type { Policy } from '../contract/index.ts';
import { type Derived, derive } from '../entry/derive.ts';
import { type Entry, keyText } from '../entry/entry.ts';
import { learnPatiently, type PatientDeps } from '../ledger/learn-patiently.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Problem, Result } from '../result.ts';
import type { Row } from './columns.ts';
import type { Reading } from './detect.ts';
import { entryOfRow } from './entry-row.ts';
import { factsOfRow, type RejectCode, type Settings } from './row-facts.ts';

/** A row of a file, or why there is none. */
export type Item = {
  /** The line it begins in, from 1. */
  readonly line: number;
  /** The row as it stood there, for people. */
  readonly raw: () => string;
} & (
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'entry'; readonly value: object }
  | { readonly kind: 'problem'; readonly problem: Problem<RejectCode> }
);

/** A row that was not taken, and why. */
export interface Rejected {
  readonly item: Item;
  readonly problem: Problem<RejectCode>;
}

/** What became of rows. */
export interface Tally {
  rows: number;
  /** Entries that changed. */
  written: number;
  /** Entries that knew it already. */
  unchanged: number;
  /** Entries that a person freed or pinned later than what the rows say: they stay free. */
  overruled: number;
  /** Entries that a person freed or pinned, and that these rows, being later, block again. */
  blockedAgain: number;
  rejected: number;
  /** Rejected rows by code. */
  readonly byCode: Record<string, number>;
  /** Taken rows by reason and scope, as `hard-bounce *`. */
  readonly byReason: Record<string, number>;
}

export const emptyTally = (): Tally => ({
  rows: 0,
  written: 0,
  unchanged: 0,
  overruled: 0,
  blockedAgain: 0,
  rejected: 0,
  byCode: {},
  byReason: {},
});

/** Kinds of reason and scope that are told apart. */
const KINDS = 200;

const add = (counts: Record<string, number>, name: string): void => {
  const known = Object.hasOwn(counts, name) || Object.keys(counts).length < KINDS ? name : 'others';
  counts[known] = (counts[known] ?? 0) + 1;
};

const kindOf = ({ evidence: [first], operator, scope }: Entry): string =>
  `${operator?.action ?? first?.reason ?? 'history'} ${scope}`;

const factsOf = (item: Item, reading: Reading, settings: Settings): Result<Entry, Problem<RejectCode>> => {
  switch (item.kind) {
    case 'row':
      return factsOfRow(item.row, reading, settings);
    case 'entry':
      return entryOfRow(item.value, settings.now);
    case 'problem':
      return { ok: false, error: item.problem };
  }
};

/** Whether these facts block by themselves, and so should be seen to block. */
const meansToBlock = ({ evidence, operator }: Entry): boolean =>
  operator === undefined && evidence.some(({ type }) => type === 'Import');

/** Whether an entry that a person freed is blocked by these facts alone. */
const blocksAgain = (
  { entry, derived }: { readonly entry: Entry; readonly derived: Derived },
  fact: Entry,
  policy: Policy,
): boolean => {
  const { clearedAt, operator } = entry;
  if ((clearedAt === undefined && operator?.action !== 'allow') || derived.status !== 'suppressed') return false;
  const taught = new Set(fact.evidence.map(({ id }) => id));
  const without = { ...entry, evidence: entry.evidence.filter(({ id }) => !taught.has(id)) };
  return derive(without, policy).status !== 'suppressed';
};

/**
 * Takes a number of rows: reads their entries at once, writes those that change, each on condition that nobody else has
 * written it meanwhile. Doing the same again changes nothing.
 *
 * @param tally - added to
 * @returns the rows that were not taken
 * @throws what the table refuses for good, or for longer than the patience lasts; then the rows may be taken in part, and
 *   taking them again is harmless
 */
export const importBatch = async (
  items: readonly Item[],
  reading: Reading,
  settings: Settings,
  deps: PatientDeps,
  tally: Tally,
): Promise<readonly Rejected[]> => {
  const rejected: Rejected[] = [];
  const taken: { readonly item: Item; readonly fact: Entry }[] = [];
  for (const item of items) {
    const facts = factsOf(item, reading, settings);
    if (facts.ok) taken.push({ item, fact: facts.value });
    else rejected.push({ item, problem: facts.error });
  }
  const learnt = await learnPatiently(
    taken.map(({ fact }) => fact),
    deps,
  );
  const counted = new Set<string>();
  for (const { item, fact } of taken) {
    const key = keyText(fact);
    const each = learnt.get(key);
    if (each?.outcome === 'failed') {
      rejected.push({ item, problem: { code: 'EntryUnreadable', message: each.error.message } });
      continue;
    }
    add(tally.byReason, kindOf(fact));
    if (each === undefined || counted.has(key)) continue;
    counted.add(key);
    tally[each.outcome] += 1;
    if (meansToBlock(fact) && each.derived.status !== 'suppressed') tally.overruled += 1;
    if (each.outcome === 'written' && blocksAgain(each, fact, deps.policy)) tally.blockedAgain += 1;
  }
  tally.rows += items.length;
  tally.rejected += rejected.length;
  for (const { problem } of rejected) add(tally.byCode, problem.code);
  return rejected;
};

/** A ledger that is read and never written: what would be written counts as written. */
export const readOnly = (ledger: Ledger): Ledger => ({
  read: (keys) => ledger.read(keys),
  standings: (keys) => ledger.standings(keys),
  write: async () => 'written',
});

/** Rows that need no reading: JSON entries of our own export. */
export const OWN_ENTRIES: Reading = {
  provider: 'ses-suppressor',
  name: 'ses-suppressor export (whole entries)',
  columns: { address: 'address' },
  meaning: 'no-suppression',
};
