import type { Policy } from '../../core/contract/index.ts';
import type { Standing } from '../../core/entry/derive.ts';
import { type EntryKey, keyText } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import type { Decided } from '../../core/ledger/decision.ts';
import type { Told } from '../../core/ledger/last-word.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import type { Target } from '../deployment/target.ts';
import { withListToWrite } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { OutputClosed } from '../output/output-closed.ts';
import { decisionFault } from './decision-fault.ts';
import {
  beforeWords,
  type Decision,
  decisionJson,
  doneWords,
  failedJson,
  unusableJson,
  unusableWords,
} from './decision-lines.ts';
import { type DecisionOptions, decidedBy } from './decision-options.ts';
import { givenAddresses } from './given-addresses.ts';
import { stillWithheld } from './still-withheld.ts';

/** Options of `add` and `allow`. */
export interface DecideOptions extends Target, DecisionOptions {
  readonly scope: string;
  readonly json?: true;
}

/** A decision as core makes it. */
export type Decide = (ledger: Ledger, key: EntryKey, decided: Decided, policy: Policy, now: Instant) => Promise<Told>;

/** What stands now; an entry that cannot be read is told when it is written. */
const standingOf = async (key: EntryKey, { ledger }: OpenedList): Promise<Standing | undefined> =>
  (await ledger.standings([key])).found.get(keyText(key));

const wordsOf = async (decision: Decision, before: Standing | undefined, list: OpenedList, deps: Dependencies) => {
  const { action, key, told } = decision;
  const was = told.outcome === 'written' ? beforeWords(before, deps.now()) : '';
  const still = action === 'allow' ? await stillWithheld(key, list, deps) : '';
  return `${doneWords(decision, deps.paint)}${was}\n${still}`;
};

/**
 * Decides the same about every address, one after the other; what fails for one does not keep the others from it.
 *
 * @returns 1 if it failed for any, else 2 if a text is no address
 */
export const decideAll = (
  given: readonly string[],
  action: 'add' | 'allow',
  decide: Decide,
  options: DecideOptions,
  deps: Dependencies,
): Promise<ExitCode> =>
  withListToWrite(deps, options, async (list) => {
    const { stdout, stderr, paint, now } = deps;
    const exits = new Set<ExitCode>();
    for (const each of givenAddresses(given)) {
      if (!each.ok) {
        exits.add(Exit.USAGE);
        await stdout.write(options.json ? unusableJson(each, action) : unusableWords(each, paint));
        continue;
      }
      const key = { address: each.mailbox.key, scope: options.scope };
      try {
        const before = options.json ? undefined : await standingOf(key, list);
        const told = await decide(list.ledger, key, decidedBy(options, deps), list.policy, now());
        const decision = { action, key, told };
        await stdout.write(options.json ? decisionJson(decision) : await wordsOf(decision, before, list, deps));
      } catch (fault) {
        if (fault instanceof OutputClosed) throw fault;
        const error = decisionFault(fault, key.address);
        exits.add(Exit.FAILED);
        if (options.json) await stdout.write(failedJson(key, action, error));
        await stderr.write(`${error.code}: ${key.address}: ${error.message}\n${error.remedy}\n`);
      }
    }
    return exits.has(Exit.FAILED) ? Exit.FAILED : exits.has(Exit.USAGE) ? Exit.USAGE : Exit.DONE;
  });
