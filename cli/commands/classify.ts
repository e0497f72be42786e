import type { Command } from 'commander';
import { DecisionLines } from '../classify/decision-lines.ts';
import { CliError } from '../cli-error.ts';
import type { Bytes, Dependencies } from '../dependencies.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { JsonInputs } from '../input/json-inputs.ts';
import { readFault } from '../input/read-fault.ts';
import { textLines } from '../input/text-lines.ts';
import { loadPolicy } from '../load-policy.ts';
import { printable } from '../output/printable.ts';

/** Characters of the longest line and of the longest document over several lines. */
const LIMIT = 64 * 1024 * 1024;
const STDIN = '-';

const EXAMPLES = `
Examples:
  $ ses-suppressor classify bounces.ndjson
  $ aws sqs receive-message --queue-url … | ses-suppressor classify
  {"input":0,"type":"Bounce","address":"pat@target.example","effect":"suppress","reason":"hard-bounce","scope":"*","until":null,"rule":"hard-bounce"}

Exit codes: 0 everything was read, 2 some input is malformed (its line has an "error") or the input is empty.`;

/** Faults of reading, told apart from those of writing. */
async function* readable(bytes: Bytes, name: string): Bytes {
  try {
    yield* bytes;
  } catch (error) {
    throw readFault(name, error);
  }
}

const open = async (file: string, deps: Dependencies): Promise<Bytes> => {
  if (file !== STDIN) return readable(deps.openFile(file), file);
  if (deps.stdinIsTerminal)
    await deps.stderr.write('Reading SES messages from the terminal; end with Ctrl-D on a line of its own.\n');
  return readable(deps.stdin(), 'standard input');
};

/**
 * Prints what the list would make of SES messages, one NDJSON line per decision.
 *
 * @throws CliError `NoInput` if there was not one message or malformed input, `FileUnreadable`, `PolicyInvalid`
 */
const classify = async (file: string, policyFile: string | undefined, deps: Dependencies): Promise<ExitCode> => {
  const lines = new DecisionLines(await loadPolicy(policyFile, deps));
  const inputs = new JsonInputs(LIMIT);
  let given = 0;
  for await (const group of textLines(await open(file, deps), LIMIT)) {
    const found = group.flatMap((line) => inputs.take(line));
    given += group.filter(({ text }) => text === null || text.trim() !== '').length;
    const text = found.map((input) => lines.of(input)).join('');
    if (text !== '') await deps.stdout.write(text);
  }
  const rest = inputs
    .end()
    .map((input) => lines.of(input))
    .join('');
  if (rest !== '') await deps.stdout.write(rest);
  if (given === 0)
    throw new CliError(
      'NoInput',
      `${file === STDIN ? 'standard input' : printable(file)} is empty`,
      'Give SES messages as NDJSON, a JSON array or one JSON document; see `ses-suppressor classify --help`.',
      Exit.USAGE,
    );
  return lines.malformed > 0 ? Exit.USAGE : Exit.DONE;
};

/** Adds `classify`. */
export const addClassify = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  program
    .command('classify')
    .summary('say what the list would make of SES messages; needs no AWS')
    .description(
      'Says what the list would make of SES messages, one JSON line per decision. Reads them in any envelope (bare, SNS, SQS, EventBridge, Lambda events) as NDJSON, a JSON array or one JSON document.',
    )
    .argument('[file]', 'where the messages are; - is standard input', STDIN)
    .option('--policy <file>', 'decide by the policy in this JSON file instead of the default one')
    .option('--json', 'NDJSON, which this command always prints')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, { policy }: { policy?: string }) => done(await classify(file, policy, deps)));
};
