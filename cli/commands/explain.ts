import type { Command } from 'commander';
import type { Address } from '../../core/address/address.ts';
import { EVERYWHERE, type Policy } from '../../core/contract/index.ts';
import type { EntryKey } from '../../core/entry/entry.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { entryJson, unknownJson } from '../explain/entry-json.ts';
import { type Reading, readEntries } from '../explain/read-entries.ts';
import { report } from '../explain/report.ts';
import { usableAddress } from '../input/usable-address.ts';
import { loadPolicy } from '../load-policy.ts';
import { scopesOption, streamOption } from '../scope-options.ts';

interface Options extends Target {
  readonly scope?: readonly string[];
  readonly stream?: string;
  readonly policy?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor explain pat@target.example
  $ ses-suppressor explain pat@target.example --stream newsletter --json

Exit codes: 0 also if the list knows nothing of the address, 2 it is no address, 1 the list could not be read.`;

/** The scopes asked for, else every scope the address has an entry in. */
const scopesToRead = async (
  address: Address,
  { scope, stream }: Options,
  { ledger }: OpenedList,
): Promise<string[]> => {
  if (scope !== undefined) return [...new Set(scope)];
  if (stream !== undefined) return [...new Set([EVERYWHERE, stream])];
  const known = await ledger.scopesOf(address).catch((fault: unknown) => Promise.reject(awsFault(fault)));
  return known.length > 0 ? [...known] : [EVERYWHERE];
};

interface Explained extends Reading {
  readonly policy: Policy;
  readonly keys: readonly EntryKey[];
}

const read = async (address: Address, options: Options, list: OpenedList, policy: Policy): Promise<Explained> => {
  const keys = (await scopesToRead(address, options, list)).map((scope) => ({ address, scope }));
  return { ...(await readEntries(keys, list, policy)), policy, keys };
};

/** @throws CliError after what could be read, if something could not */
const explain = async (text: string, options: Options, deps: Dependencies): Promise<void> => {
  const address = usableAddress(text);
  const given = options.policy === undefined ? undefined : await loadPolicy(options.policy, deps);
  const { now, paint, stdout } = deps;
  const { told, keys, faults, policy } = await withList(deps, options, (list) =>
    read(address, options, list, given ?? list.policy),
  );
  const fault = faults[0]?.fault;
  if (options.json) {
    const unknown = fault === undefined ? unknownJson(keys[0] as EntryKey) : '';
    await stdout.write(told.map(entryJson).join('') || unknown);
  } else {
    const narrowed = options.scope !== undefined || options.stream !== undefined;
    const asked = narrowed ? ` (${keys.map(({ scope }) => `scope ${scope}`).join(', ')})` : ' in any scope';
    const reports = told.map((each) => report(each, { policy, now: now(), paint }));
    if (reports.length === 0 && fault === undefined)
      reports.push(`The list knows nothing of ${paint.strong(address)}${asked}: it may be mailed.\n`);
    await stdout.write(reports.join('\n'));
  }
  if (fault !== undefined) throw awsFault(fault);
};

/** Adds `explain`. */
export const addExplain = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('explain')
      .summary('say why an address stands as it does')
      .description(
        'Says why an address is suppressed or not: what SES reported, which rule decided, what would lift it.',
      )
      .argument('<address>', 'one address')
      .option('--stream <name>', 'explain what holds for mail of this stream: * and the stream', streamOption)
      .option('--scope <name>', 'explain this scope only: *, a stream or tenant:NAME; may be repeated', scopesOption)
      .option('--policy <file>', "explain by the policy in this JSON file instead of the deployment's")
      .option('--json', 'one JSON line per entry, with the attributes of the table'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string, options: Options) => {
      await explain(given, options, deps);
      done(Exit.DONE);
    });
};
