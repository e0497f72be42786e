import type { Policy } from '../contract/index.ts';
import { type Entry, keyText } from '../entry/entry.ts';
import { type Learnt, learn } from './learn.ts';
import type { Ledger } from './ledger.ts';

/** What patience needs. */
export interface PatientDeps {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly sleep: (millis: number) => Promise<void>;
}

const PAUSES_MS = [200, 500, 1000, 2000, 5000, 10_000];
/** Faults that no second try mends. */
const LASTING = /AccessDenied|ResourceNotFound|ValidationException|Credential|Token|Signature/;

const isUnreadable = (error: Error): boolean => error.name === 'EntryUnreadable';

/**
 * Learns as `learn` does, and tries again, later each time, what failed for a reason that may pass, such as a throttled
 * table: for work that nobody delivers a second time.
 *
 * @returns by `keyText`, what became of each key; `failed` are only entries that cannot be read
 * @throws what the table refuses for good, or for longer than about twenty seconds; some may be written by then
 */
export const learnPatiently = async (
  facts: readonly Entry[],
  { ledger, policy, sleep }: PatientDeps,
): Promise<ReadonlyMap<string, Learnt>> => {
  const learnt = new Map<string, Learnt>();
  let open = facts;
  for (let tries = 0; open.length > 0; tries += 1) {
    const failed = new Set<string>();
    for (const [key, each] of await learn(ledger, open, policy)) {
      if (each.outcome !== 'failed' || isUnreadable(each.error)) {
        learnt.set(key, each);
        continue;
      }
      if (tries === PAUSES_MS.length || LASTING.test(each.error.name)) throw each.error;
      failed.add(key);
    }
    open = open.filter((fact) => failed.has(keyText(fact)));
    if (open.length > 0) await sleep(PAUSES_MS[tries] ?? 0);
  }
  return learnt;
};
