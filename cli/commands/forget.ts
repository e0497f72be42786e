import type { Command } from 'commander';
import type { Dependencies } from '../dependencies.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withListToWrite } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { findToForget, forgetOne } from '../forget/forget-entries.ts';
import { forgetJson, forgetWords, stillKnownWords } from '../forget/forget-report.ts';
import { usableAddress } from '../input/usable-address.ts';

interface Options extends Target {
  readonly unblock?: true;
  readonly yes?: true;
  readonly json?: true;
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

const forget = (given: string, options: Options, deps: Dependencies): Promise<ExitCode> => {
  const address = usableAddress(given);
  return withListToWrite(deps, options, async (list) => {
    const { stdout, paint, now } = deps;
    const fate = { unblock: options.unblock === true, acted: options.yes === true };
    const found = await findToForget(address, fate.unblock, list);
    if (!options.json)
      await stdout.write(found.length === 0 ? `The list knows nothing of ${address}.\n` : `${paint.strong(address)}\n`);
    for (const each of found) {
      if (fate.acted) await forgetOne(each, fate.unblock, list, now());
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
