import type { Command } from 'commander';
import { type Address, parseAddress } from '../../core/address/address.ts';
import { keysToCheck, keyText } from '../../core/entry/entry.ts';
import { type Instant, parseInstant } from '../../core/instant.ts';
import type { Problem } from '../../core/result.ts';
import { type Block, blockOf } from '../../core/send/partition.ts';
import { quote } from '../../core/text.ts';
import { type StreamsOrUnknown, withheldStreams } from '../check/withheld-streams.ts';
import type { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withList } from '../deployment/with-list.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { type Cell, columns } from '../output/columns.ts';
import { jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { scopeWords, timeWords, untilWords } from '../output/words.ts';
import { streamOption } from '../scope-options.ts';

interface Options extends Target {
  readonly stream?: string;
  readonly json?: true;
}

/** What the list says of an address. */
type Known =
  | { readonly kind: 'free'; readonly address: Address; readonly withheldIn?: StreamsOrUnknown }
  | { readonly kind: 'suppressed'; readonly address: Address; readonly block: Block }
  | { readonly kind: 'unknown'; readonly address: Address; readonly error: CliError };

/** One line of the answer. */
type Line = Known | { readonly kind: 'unusable'; readonly given: string; readonly problem: Problem };

const EXAMPLES = `
Examples:
  $ ses-suppressor check pat@target.example --stream receipts
  $ ses-suppressor check --json pat@target.example ann@target.example
  {"address":"pat@target.example","stream":null,"suppressed":true,"reason":"hard-bounce","scope":"*","since":"2026-01-02T03:04:05.678Z","until":null}

Without --stream it asks about mail without a stream, and tells people which streams an address is withheld in; the exit
code and --json leave those out.

Exit codes: 0 all may be mailed, 3 at least one is suppressed, 2 a text is no address, 1 the list could not be read.`;

const NOT_BLOCKED = { suppressed: false, reason: null, scope: null, since: null, until: null };

const json = (line: Line, stream: string | null): string => {
  switch (line.kind) {
    case 'free':
      return jsonLine({ address: line.address, stream, ...NOT_BLOCKED });
    case 'suppressed': {
      const { reason, scope, since, until } = line.block;
      return jsonLine({ address: line.address, stream, suppressed: true, reason, scope, since, until });
    }
    case 'unknown':
      return jsonLine({ address: line.address, stream, error: { code: line.error.code, message: line.error.message } });
    case 'unusable':
      return jsonLine({ address: null, given: line.given, stream, error: line.problem });
  }
};

const blockWords = ({ reason, scope, since, until }: Block, now: Instant): string => {
  const began = parseInstant(since);
  const parts = [reason, scopeWords(scope), ...(began === undefined ? [] : [`since ${timeWords(began)}`])];
  return [...parts, untilWords(parseInstant(until), now)].join(', ');
};

/** In which streams an address that is free elsewhere may not be mailed. */
const exceptWords = (streams: StreamsOrUnknown): string =>
  streams === 'unknown'
    ? 'its streams could not be read; see --stream'
    : `withheld in: ${streams.join(', ')}; see --stream`;

const row = (line: Line, now: Instant, paint: Paint): Cell[] => {
  switch (line.kind) {
    case 'free': {
      const { withheldIn = [] } = line;
      const except = withheldIn.length === 0 ? [] : [{ text: exceptWords(withheldIn), paint: paint.notice }];
      return [{ text: line.address }, { text: 'may be mailed', paint: paint.good }, ...except];
    }
    case 'suppressed':
      return [
        { text: line.address },
        { text: 'suppressed', paint: paint.bad },
        { text: printable(blockWords(line.block, now)) },
      ];
    case 'unknown':
      return [{ text: line.address }, { text: 'unknown', paint: paint.notice }, { text: line.error.message }];
    case 'unusable':
      return [{ text: quote(line.given) }, { text: 'no address', paint: paint.notice }, { text: line.problem.message }];
  }
};

/** What the list says of usable addresses, each once. */
const read = async (
  addresses: readonly Address[],
  { stream, json }: Options,
  { ledger }: OpenedList,
  now: Instant,
): Promise<ReadonlyMap<Address, Known>> => {
  const { found, failed } = await ledger.standings(addresses.flatMap((address) => keysToCheck(address, stream)));
  const lines = addresses.map((address): Known => {
    const block = blockOf(address, stream, found, now);
    if (block !== undefined) return { kind: 'suppressed', address, block };
    const fault = keysToCheck(address, stream)
      .map((key) => failed.get(keyText(key)))
      .find((each) => each !== undefined);
    return fault === undefined ? { kind: 'free', address } : { kind: 'unknown', address, error: awsFault(fault) };
  });
  const free = lines.flatMap((line) => (line.kind === 'free' ? [line.address] : []));
  const streams = await withheldStreams(stream === undefined && !json ? free : [], ledger, now);
  const withStreams = (line: Known): Known => {
    const withheldIn = streams.get(line.address);
    return line.kind === 'free' && withheldIn !== undefined ? { ...line, withheldIn } : line;
  };
  return new Map(lines.map((line) => [line.address, withStreams(line)]));
};

const ask = async (given: readonly string[], options: Options, deps: Dependencies): Promise<Line[]> => {
  const parsed = given.map((text) => ({ text, result: parseAddress(text) }));
  const good = new Set(parsed.flatMap(({ result }) => (result.ok ? [result.value] : [])));
  const known =
    good.size === 0
      ? new Map<Address, Known>()
      : await withList(deps, options, (list) => read([...good], options, list, deps.now()));
  return parsed.flatMap(({ text, result }): Line | [] =>
    result.ok ? (known.get(result.value) ?? []) : { kind: 'unusable', given: text, problem: result.error },
  );
};

/** @throws CliError if the list could not be read for an address, after the answers that are known */
const check = async (given: readonly string[], options: Options, deps: Dependencies): Promise<ExitCode> => {
  const lines = await ask(given, options, deps);
  await deps.stdout.write(
    options.json
      ? lines.map((line) => json(line, options.stream ?? null)).join('')
      : columns(lines.map((line) => row(line, deps.now(), deps.paint))),
  );
  for (const line of lines) if (line.kind === 'unknown') throw line.error;
  if (lines.some(({ kind }) => kind === 'unusable')) return Exit.USAGE;
  return lines.some(({ kind }) => kind === 'suppressed') ? Exit.NO : Exit.DONE;
};

/** Adds `check`. */
export const addCheck = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('check')
      .summary('say whether addresses may be mailed')
      .description('Says whether addresses may be mailed, by the rule a send follows: everywhere, and in the stream.')
      .argument('<address...>', 'addresses, with or without display names')
      .option('--stream <name>', 'the kind of mail, as the send names it', streamOption)
      .option('--json', 'one JSON line per address'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string[], options: Options) => done(await check(given, options, deps)));
};
