import type { Mailbox } from '../../core/address/address.ts';
import { EVERYWHERE } from '../../core/contract/index.ts';
import type { Standing } from '../../core/entry/derive.ts';
import { type EntryKey, keyText } from '../../core/entry/entry.ts';
import { remove } from '../../core/ledger/remove.ts';
import { decisionFault } from '../decide/decision-fault.ts';
import {
  beforeWords,
  decisionJson,
  doneWords,
  failedJson,
  unusableJson,
  unusableWords,
} from '../decide/decision-lines.ts';
import { decidedBy } from '../decide/decision-options.ts';
import { givenAddresses } from '../decide/given-addresses.ts';
import { stillWithheld } from '../decide/still-withheld.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { OutputClosed } from '../output/output-closed.ts';
import { clearedJson, clearedWords } from './cleared-words.ts';
import { failedOf, heldBack, keysToRemove, spellingsOf } from './one-removal.ts';
import type { RemoveOptions } from './remove-options.ts';
import type { SesLists } from './ses-lists.ts';

interface Removal {
  readonly list: OpenedList;
  readonly ses: SesLists;
  readonly options: RemoveOptions;
  readonly deps: Dependencies;
}

/**
 * SES's list goes first: an address that is free here and listed there would be mailed, refused by SES and blocked again.
 * What is cleared there and still blocked here is only mailed later.
 *
 * @throws CliError what kept it from being removed, after it was told
 */
const clearSes = async (mailbox: Mailbox, { ses, options, deps }: Removal): Promise<string> => {
  const cleared = await ses.clear(mailbox.key, spellingsOf(mailbox));
  const { key } = mailbox;
  if (options.json) for (const each of cleared) await deps.stdout.write(clearedJson(key, each));
  const words = cleared.map((each) => clearedWords(each, deps.paint)).join('');
  const failed = failedOf(cleared);
  if (failed.length === 0) return words;
  if (!options.json) await deps.stdout.write(`${key}\n${words}`);
  for (const { region, error } of failed)
    await deps.stderr.write(`${error.code}: SES's list in ${region}: ${error.message}\n${error.remedy}\n`);
  throw heldBack(failed.map(({ region }) => region));
};

const removeEntry = async (key: EntryKey, before: Standing | undefined, removal: Removal): Promise<string> => {
  const { list, options, deps } = removal;
  const told = await remove(list.ledger, key, decidedBy(options, deps), list.policy, deps.now());
  const decision = { action: 'remove', key, told } as const;
  if (options.json) return decisionJson(decision);
  const was = beforeWords(before, deps.now());
  const known = was === '' && told.outcome === 'written' ? ' (nothing blocked it)' : was;
  return `${doneWords(decision, deps.paint)}${known}\n`;
};

const removeOne = async (mailbox: Mailbox, removal: Removal): Promise<void> => {
  const { list, options, deps } = removal;
  const { stdout } = deps;
  const keys = await keysToRemove(mailbox.key, options, list);
  const before = (await list.ledger.standings(keys)).found;
  const words = await clearSes(mailbox, removal);
  for (const key of keys) await stdout.write(await removeEntry(key, before.get(keyText(key)), removal));
  if (options.json) return;
  const [first] = keys;
  const still = options.allScopes || first === undefined ? '' : await stillWithheld(first, list, deps);
  await stdout.write(words + still);
};

/**
 * Removes addresses one after the other, from SES's lists and then from this one; what fails for one does not keep the
 * others from it.
 *
 * @returns 1 if it failed for any, else 2 if a text is no address
 */
export const removeAddresses = async (given: readonly string[], removal: Removal): Promise<ExitCode> => {
  const { options, deps } = removal;
  const exits = new Set<ExitCode>();
  for (const each of givenAddresses(given)) {
    if (!each.ok) {
      exits.add(Exit.USAGE);
      await deps.stdout.write(options.json ? unusableJson(each, 'remove') : unusableWords(each, deps.paint));
      continue;
    }
    try {
      await removeOne(each.mailbox, removal);
    } catch (fault) {
      if (fault instanceof OutputClosed) throw fault;
      const { key: address } = each.mailbox;
      const error = decisionFault(fault, address);
      exits.add(Exit.FAILED);
      const key = { address, scope: options.scope ?? EVERYWHERE };
      if (options.json) await deps.stdout.write(failedJson(key, 'remove', error));
      await deps.stderr.write(`${error.code}: ${address}: ${error.message}\n${error.remedy}\n`);
    }
  }
  return exits.has(Exit.FAILED) ? Exit.FAILED : exits.has(Exit.USAGE) ? Exit.USAGE : Exit.DONE;
};
