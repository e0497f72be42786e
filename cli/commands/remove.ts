import { type Command, Option } from 'commander';
import { EVERYWHERE } from '../../core/contract/index.ts';
import { BLOCKING_REASONS } from '../../core/entry/entry.ts';
import { decisionOptions } from '../decide/decision-options.ts';
import type { Dependencies } from '../dependencies.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import { withListToWrite } from '../deployment/with-list.ts';
import type { ExitCode } from '../exit.ts';
import { removeAddresses } from '../remove/remove-addresses.ts';
import {
  checkRemoval,
  diagnosticOption,
  domainOption,
  type RemoveOptions,
  selectionOf,
  sesRegionsOf,
} from '../remove/remove-options.ts';
import { removeSelected } from '../remove/remove-selected.ts';
import { SesLists } from '../remove/ses-lists.ts';
import { scopeOption } from '../scope-options.ts';
import { sesRegionOption } from '../ses-region-option.ts';
import { timeOption } from '../time-options.ts';

const EXAMPLES = `
Examples:
  $ ses-suppressor remove pat@target.example --note "mailbox fixed, ticket 812"
  $ ses-suppressor remove Pat@target.example --all-scopes --ses-region eu-west-1 --ses-region us-east-1 --note "asked"
  $ ses-suppressor remove --reason hard-bounce --domain gmail.com --since 2020-12-14 --until 2020-12-16 \\
      --diagnostic 5.1.1 --note "Gmail outage"

Addresses are removed at once, from SES's own list of the account too, in the deployment's Region or in each --ses-region.
What happened before does not block them any more; what happens afterwards does.

A selection is shown, and removed only with --yes. --since (belongs to it) and --until (does not) say when what blocks an
address happened, by SES's time; days are UTC. An address that anything else blocks too, such as a complaint or a bounce
at another time, stays and is named.

Exit codes: 0 done, 2 a text is no address (the others are removed), 1 an address could not be removed.`;

const remove = (given: readonly string[], options: RemoveOptions, deps: Dependencies): Promise<ExitCode> => {
  checkRemoval(given, options);
  const selection = selectionOf(options);
  return withListToWrite(deps, options, async (list) => {
    const acts = selection === undefined || options.yes === true;
    const ses = await SesLists.open(options, acts ? sesRegionsOf(options) : [], deps);
    try {
      const removal = { list, ses, options, deps };
      return selection === undefined
        ? await removeAddresses(given, removal)
        : await removeSelected({ ...removal, selection });
    } finally {
      ses.close();
    }
  });
};

/** Adds `remove`. */
export const addRemove = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    decisionOptions(
      program
        .command('remove')
        .summary("take addresses off the list, and off SES's own")
        .description("Takes addresses off the list by a person's decision, and off SES's own list of the account.")
        .argument('[address...]', 'addresses, with or without display names'),
    )
      .option('--scope <name>', `where: a stream, tenant:NAME, or everywhere (default: ${EVERYWHERE})`, scopeOption)
      .addOption(new Option('--all-scopes', 'everywhere, and in every stream and tenant').conflicts('scope'))
      .addOption(sesRegionOption('a Region whose SES list it is'))
      .addOption(new Option('--keep-ses-list', "leave SES's own list alone").conflicts('sesRegion'))
      .addOption(new Option('--reason <reason>', 'select: blocked for this').choices(BLOCKING_REASONS))
      .option('--since <time>', 'select: blocked by what happened then or later', timeOption)
      .option('--until <time>', 'select: blocked by what happened before', timeOption)
      .option('--domain <domain>', 'select: addresses of this domain', domainOption)
      .option('--diagnostic <text>', 'select: the server said this, such as 5.1.1', diagnosticOption)
      .option('--yes', 'remove the selection; without, only show it')
      .option('--json', 'one JSON line per SES list and entry; of a selection, then one with the counts'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string[], options: RemoveOptions) => done(await remove(given, options, deps)));
};
