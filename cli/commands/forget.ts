import type { Command } from 'commander';
import { type Address, parseAddress } from '../../core/address/address.ts';
import { keyText } from '../../core/entry/entry.ts';
import { forget as forgetEntry } from '../../core/ledger/forget.ts';
import { CliError } from '../cli-error.ts';
import { decisionFault } from '../decide/decision-fault.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withListToWrite } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { forgetJson, forgetWords, type Held, stillKnownWords } from '../forget/forget-report.ts';
import { printable } from '../output/printable.ts';

interface Options extends Target {
  readonly unblock?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** An entry as it was read. */
interface Found extends Held {
  /** Undefined if it cannot be read. */
  readonly version: string | undefined;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor forget pat@target.example
  $ ses-suppressor forget pat@target.example --yes
  $ ses-suppressor forget pat@target.example --unblock --yes

Drops what remote servers said of an address and whom they named, and operators' names and notes, in every scope. Address,
scope, times, codes and ids stay: the block does too. What happened before and comes in later is kept without text.
--unblock deletes the entries instead, blocks and all: the address may be mailed again, and feedback still under way is
learnt anew. Without --yes it only shows what it would do.

Exit codes: 0 done, also if the list knows nothing of it; 2 it is no address; 1 it failed, or the entry changed meanwhile.`;

const usableAddress = (given: string): Address => {
  const parsed = parseAddress(given);
  if (parsed.ok) return parsed.value;
  const { code, message } = parsed.error;
  throw new CliError(code, message, 'Give one address such as pat@target.example.', Exit.USAGE);
};

/** @throws the fault of an entry that could not be read, unless it is to be deleted unread */
const findEntries = async (address: Address, { unblock }: Options, { ledger }: OpenedList): Promise<Found[]> => {
  const keys = (await ledger.scopesOf(address)).map((scope) => ({ address, scope }));
  const { found, failed } = await ledger.read(keys);
  for (const fault of failed.values()) if (!unblock || fault.name !== 'EntryUnreadable') throw fault;
  return keys.flatMap((key): Found[] => {
    const stored = found.get(keyText(key));
    if (stored !== undefined) return [{ key, entry: stored.entry, version: stored.version }];
    return failed.has(keyText(key)) ? [{ key, entry: undefined, version: undefined }] : [];
  });
};

/** @throws CliError `EntryChanged` if it is no longer what was shown */
const act = async ({ key, version }: Found, { unblock }: Options, list: OpenedList, now: number): Promise<void> => {
  if (!unblock) {
    await forgetEntry(list.ledger, key, list.policy, now);
    return;
  }
  if ((await list.ledger.delete(key, version)) === 'deleted') return;
  throw new CliError(
    'EntryChanged',
    `the entry of scope ${printable(key.scope)} has changed meanwhile and was not deleted`,
    'Look at what came in with `ses-suppressor explain`, and run it again.',
  );
};

const forget = (given: string, options: Options, deps: Dependencies): Promise<ExitCode> => {
  const address = usableAddress(given);
  return withListToWrite(deps, options, async (list) => {
    const { stdout, paint, now } = deps;
    const found = await findEntries(address, options, list).catch((fault: unknown) => Promise.reject(awsFault(fault)));
    const fate = { unblock: options.unblock === true, acted: options.yes === true };
    if (!options.json)
      await stdout.write(found.length === 0 ? `The list knows nothing of ${address}.\n` : `${paint.strong(address)}\n`);
    for (const each of found) {
      try {
        if (fate.acted) await act(each, options, list, now());
      } catch (fault) {
        throw decisionFault(fault, address);
      }
      const how = { policy: list.policy, now: now(), paint };
      await stdout.write(options.json ? forgetJson(each, fate, list.policy) : forgetWords(each, fate, how));
    }
    if (!options.json) {
      if (found.length > 0 && !fate.acted) await stdout.write('Nothing was changed; --yes does it.\n');
      await stdout.write(stillKnownWords(paint));
    }
    return Exit.DONE;
  });
};

/** Adds `forget`. */
export const addForget = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('forget')
      .summary('drop what was said about an address, and keep its block')
      .description('Drops texts and names from everything the list knows of an address; the block stays.')
      .argument('<address>', 'one address')
      .option('--unblock', 'delete its entries, with what blocks it')
      .option('--yes', 'do it; without, only show what would be done')
      .option('--json', 'one JSON line per entry'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string, options: Options) => done(await forget(given, options, deps)));
};
