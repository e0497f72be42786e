import type { AccountList, AccountListed, AccountListReason } from '../../core/account-list/account-list.ts';
import type { ForAccountList } from '../../core/account-list/import-jobs.ts';
import { parseAddress } from '../../core/address/address.ts';
import { EVERYWHERE } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { keyText } from '../../core/entry/entry.ts';
import { learnPatiently } from '../../core/ledger/learn-patiently.ts';
import type { Stored } from '../../core/ledger/ledger.ts';
import { keyOfListed, type Pull, planPull } from '../../core/sync/pull.ts';
import { forAccountList } from '../../core/sync/push.ts';
import type { OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';

/** Which ways a sync goes. */
export const DIRECTIONS = ['both', 'pull', 'push'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** One difference, or one address that needs a person. */
export interface Difference {
  readonly kind: 'pull' | 'push' | 'removed-here' | 'allowed-here' | 'ignored' | 'unreadable';
  /** As SES has it; for a push the key. */
  readonly address: string;
  /** SES's reason; null where only this list has the address, and it cannot be read. */
  readonly reason: AccountListReason | null;
}

/** How the two lists compare. */
export interface Compared {
  /** Addresses on SES's list. */
  readonly listed: number;
  /** Entries of this list that belong there. */
  readonly ours: number;
  readonly pushes: readonly ForAccountList[];
  readonly counts: Readonly<Record<Difference['kind'], number>>;
}

/** What a comparison does on its way. */
export interface CompareOptions {
  readonly direction: Direction;
  /** Whether pulls are written. */
  readonly act: boolean;
  readonly tell: (difference: Difference) => Promise<void>;
  readonly show: (seen: number) => void;
  readonly sleep: (millis: number) => Promise<void>;
}

/** Addresses of SES's list looked up at once: four reads of a hundred keys. */
const BATCH = 400;

/** SES's list in groups, each spelling of an address once. */
async function* batches(list: AccountList): AsyncGenerator<readonly AccountListed[]> {
  let batch: AccountListed[] = [];
  for await (const listed of list.list()) {
    batch.push(listed);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** What this list knows of an address that SES lists; `unreadable` is not "nothing". */
type Known = (listed: AccountListed) => Stored | 'unreadable' | undefined;

/** @throws the fault of an entry that could not be read now, but can be another time */
const readEntries = async (batch: readonly AccountListed[], { ledger }: OpenedList): Promise<Known> => {
  const keys = batch.flatMap((listed) => {
    const address = keyOfListed(listed);
    return address === undefined ? [] : [{ address, scope: EVERYWHERE }];
  });
  const { found, failed } = await ledger.read(keys);
  for (const fault of failed.values()) if (fault.name !== 'EntryUnreadable') throw fault;
  return (listed) => {
    const address = keyOfListed(listed);
    if (address === undefined) return undefined;
    const text = keyText({ address, scope: EVERYWHERE });
    return failed.has(text) ? 'unreadable' : found.get(text);
  };
};

const write = async (
  pulls: readonly Planned[],
  { ledger, policy }: OpenedList,
  { sleep }: CompareOptions,
): Promise<void> => {
  const facts = pulls.flatMap((pull) => (pull.kind === 'pull' ? [pull.fact] : []));
  for (const learnt of (await learnPatiently(facts, { ledger, policy, sleep })).values())
    if (learnt.outcome === 'failed') throw learnt.error;
};

/** The spelling that SES listed last stands for all of one address. */
const newestOfEach = (batch: readonly AccountListed[]): readonly AccountListed[] => {
  const newest = new Map<string, AccountListed>();
  for (const listed of batch) {
    const key = keyOfListed(listed) ?? listed.given;
    if (listed.updatedAt > (newest.get(key)?.updatedAt ?? -1)) newest.set(key, listed);
  }
  return [...newest.values()];
};

/**
 * Of what was to be pushed, what this list still says: whom a person has removed meanwhile SES must not be told of, or the
 * next sync would bring it back from there.
 */
export const stillPushed = async (
  pushes: readonly ForAccountList[],
  { ledger, policy }: Pick<OpenedList, 'ledger' | 'policy'>,
): Promise<ForAccountList[]> => {
  const keys = pushes.flatMap(({ address: given }) => {
    const address = parseAddress(given);
    return address.ok ? [{ address: address.value, scope: EVERYWHERE }] : [];
  });
  const { found, failed } = await ledger.read(keys);
  for (const fault of failed.values()) throw fault;
  return keys.flatMap((key) => {
    const entry = found.get(keyText(key))?.entry;
    const wanted = entry === undefined ? undefined : forAccountList(entry, derive(entry, policy));
    return wanted === undefined ? [] : [wanted];
  });
};

type Counts = Record<Difference['kind'], number>;
type Planned = Pull | { readonly kind: 'unreadable' };

const pullAll = async (
  list: AccountList,
  opened: OpenedList,
  options: CompareOptions,
  counts: Counts,
): Promise<ReadonlySet<string>> => {
  const { direction, act, tell, show } = options;
  const known = new Set<string>();
  let seen = 0;
  for await (const batch of batches(list)) {
    for (const listed of batch) known.add(keyOfListed(listed) ?? listed.given);
    seen += batch.length;
    show(seen);
    if (direction === 'push') continue;
    const entryOf = await readEntries(batch, opened);
    const planned = newestOfEach(batch).map((listed) => {
      const stored = entryOf(listed);
      const pull: Planned =
        stored === 'unreadable' ? { kind: stored } : planPull(listed, stored?.entry, list.region, opened.policy);
      return { listed, pull };
    });
    if (act)
      await write(
        planned.map(({ pull }) => pull),
        opened,
        options,
      );
    for (const { listed, pull } of planned) {
      if (pull.kind === 'known') continue;
      counts[pull.kind] += 1;
      await tell({ kind: pull.kind, address: listed.given, reason: listed.reason });
    }
  }
  return known;
};

const pushesFor = async (
  { ledger, policy }: OpenedList,
  known: ReadonlySet<string>,
  { tell, direction }: CompareOptions,
  counts: Counts,
): Promise<{ readonly ours: number; readonly pushes: ForAccountList[] }> => {
  const pushes: ForAccountList[] = [];
  let ours = 0;
  for await (const found of ledger.scan()) {
    if (found.kind === 'unreadable') {
      const told = direction === 'both' && known.has(found.address);
      if (found.scope !== EVERYWHERE || told) continue;
      counts.unreadable += 1;
      await tell({ kind: 'unreadable', address: found.address, reason: null });
      continue;
    }
    const wanted = forAccountList(found.entry, derive(found.entry, policy));
    if (wanted === undefined) continue;
    ours += 1;
    if (!known.has(wanted.address)) pushes.push(wanted);
  }
  return { ours, pushes };
};

/**
 * Compares this list with SES's of one Region. Pulls are written on the way if so asked; pushes are only found.
 *
 * @throws CliError what AWS refused; what was pulled by then stays
 */
export const compare = async (list: AccountList, opened: OpenedList, options: CompareOptions): Promise<Compared> => {
  const counts: Counts = { pull: 0, push: 0, 'removed-here': 0, 'allowed-here': 0, ignored: 0, unreadable: 0 };
  try {
    const known = await pullAll(list, opened, options, counts);
    const { ours, pushes } =
      options.direction === 'pull' ? { ours: 0, pushes: [] } : await pushesFor(opened, known, options, counts);
    for (const { address, reason } of pushes) {
      counts.push += 1;
      await options.tell({ kind: 'push', address, reason });
    }
    return { listed: known.size, ours, pushes, counts };
  } catch (fault) {
    throw awsFault(fault);
  }
};
