import type { Policy } from '../../core/contract/index.ts';
import { type Entry, type EntryKey, keyText } from '../../core/entry/entry.ts';
import { DAY, type Instant } from '../../core/instant.ts';
import { domainOf, type Judgement, judge, type Selection } from '../../core/removal/selection.ts';
import type { OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';

/** Entries read at once: what one request takes. */
const BATCH = 100;
/** An event may be dated after the write that it caused, where clocks differ. */
const CLOCKS_DIFFER = DAY;

/** One entry that a selection is about. */
export type Found =
  | {
      readonly kind: 'judged';
      readonly entry: Entry;
      readonly judgement: Exclude<Judgement, { readonly kind: 'other' }>;
    }
  | { readonly kind: 'unreadable'; readonly key: EntryKey; readonly error: Error };

/** What is looked for. */
export interface Search {
  readonly selection: Selection;
  /** Only in this scope; undefined: in every one. */
  readonly scope: string | undefined;
  readonly policy: Policy;
  readonly now: Instant;
}

async function* candidates({ ledger }: OpenedList, { selection, scope }: Search): AsyncGenerator<readonly EntryKey[]> {
  const { since, domain } = selection;
  let batch: EntryKey[] = [];
  // whatever is dated since then was written since then: the index need not be read any further
  for await (const listed of ledger.recent(since === undefined ? {} : { since: Math.max(0, since - CLOCKS_DIFFER) })) {
    if (listed.status !== 'suppressed' || (scope !== undefined && listed.scope !== scope)) continue;
    if (domain !== undefined && domainOf(listed.address) !== domain) continue;
    batch.push({ address: listed.address, scope: listed.scope });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/**
 * Every entry that a selection is about, newest change first, each once. Reads the index from now back to the beginning of
 * the selection, and of what it finds the evidence.
 *
 * @throws CliError what AWS refused
 */
export async function* findSelected(list: OpenedList, search: Search): AsyncGenerator<Found> {
  const { selection, policy, now } = search;
  const told = new Set<string>();
  try {
    for await (const keys of candidates(list, search)) {
      const { found, failed } = await list.ledger.read(keys);
      for (const key of keys) {
        const text = keyText(key);
        const stored = found.get(text);
        const error = failed.get(text);
        if (error !== undefined && error.name !== 'EntryUnreadable') throw error;
        if (told.has(text)) continue;
        const judgement = stored && judge(stored.entry, selection, policy, now);
        if (error === undefined && (judgement === undefined || judgement.kind === 'other')) continue;
        told.add(text);
        if (error !== undefined) yield { kind: 'unreadable', key, error };
        else if (stored && judgement && judgement.kind !== 'other')
          yield { kind: 'judged', entry: stored.entry, judgement };
      }
    }
  } catch (fault) {
    throw awsFault(fault);
  }
}
