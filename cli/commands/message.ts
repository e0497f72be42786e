import type { Command } from 'commander';
import type { Withheld } from '../../core/send/partition.ts';
import { quote } from '../../core/text.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { messagesOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { findById, findByKey, type KnownMessage } from '../messages/find-message.ts';
import { columns } from '../output/columns.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { timeWords } from '../output/words.ts';

interface Options extends Target {
  readonly key?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor message order-4711@ledger.example
  $ ses-suppressor message '<0100018f-aaaa@eu-west-1.amazonses.com>' --json
  $ ses-suppressor message --key order-4711

Known for 30 days are messages that were sent with a Message-ID of their own, by that, by SES's id and by the header
that recipients see; and messages that were sent with an idempotency key, by the key. Of a message with a key and without a
Message-ID of its own, only the key is known.

Exit codes: 0 it is known, 3 nothing is known of it, 1 the table could not be read.`;

const STATES: Readonly<Record<KnownMessage['state'], string>> = {
  sent: 'sent',
  running: 'being sent',
  unknown: 'outcome unknown',
  suppressed: 'not sent, all suppressed',
};

const json = (asked: string, found: KnownMessage | undefined): string => {
  const { messageId = null, messageIdHeader = null, ownMessageId = null, state = null, why = null } = found ?? {};
  const { sent, suppressed, refused } = found?.people ?? { sent: null, suppressed: null, refused: null };
  const ids = { asked, messageId, messageIdHeader, ownMessageId };
  return jsonLine({ ...ids, state, why, at: isoOrNull(found?.at), sent, suppressed, refused });
};

const withheldWords = ({ given, reason }: Withheld): string => `${given} (${reason})`;

type Row = [name: string, value: string | null, paint?: (text: string) => string];

const human = (found: KnownMessage, paint: Paint): string => {
  const { messageId, messageIdHeader, ownMessageId, state, why, at, people } = found;
  const colour = { sent: paint.good, running: paint.notice, unknown: paint.bad, suppressed: paint.notice }[state];
  /** One row a value, the name at the first. */
  const list = (name: string, values: readonly string[] = []): Row[] =>
    values.map((value, i) => [i === 0 ? name : '', value]);
  const rows: Row[] = [
    ['SES id', messageId],
    ['recipients see', messageIdHeader],
    ['own Message-ID', ownMessageId],
    ['state', STATES[state], colour],
    ['why', why],
    ['at', timeWords(at)],
    ...list('to', people?.sent),
    ...list('suppressed', people?.suppressed.map(withheldWords)),
    ...list(
      'refused',
      people?.refused.map(({ given }) => given),
    ),
  ];
  return columns(
    rows.flatMap(([name, value, paintValue]) =>
      value === null
        ? []
        : [
            [
              { text: name, paint: paint.faint },
              { text: printable(value), ...(paintValue && { paint: paintValue }) },
            ],
          ],
    ),
  );
};

const HELP = 'See `ses-suppressor help message`.';
const TRY_KEY =
  'A message sent with an idempotency key may be known by that alone: ses-suppressor message --key <key>\n';

const messagesFault = (fault: unknown): CliError =>
  fault instanceof Error && fault.name === 'ValidationException'
    ? new CliError(
        'NotAMessagesTable',
        printable(fault.message),
        'Mend --messages-table: this table has not the key of one that remembers sends.',
      )
    : awsFault(fault);

const message = async (id: string | undefined, options: Options, deps: Dependencies): Promise<ExitCode> => {
  const { key } = options;
  if ((id === undefined) === (key === undefined))
    throw new CliError('Usage', 'give either an id or --key', HELP, Exit.USAGE);
  const asked = key ?? id ?? '';
  if (asked.trim() === '' && key === undefined) throw new CliError('Usage', 'the id is empty', HELP, Exit.USAGE);
  if (key === '') throw new CliError('Usage', '--key is empty', HELP, Exit.USAGE);
  const find = key === undefined ? findById : findByKey;
  const found = await withOpened(deps.openMessages, options, (opened) => find(asked, opened, deps.now())).catch(
    (fault: unknown) => Promise.reject(messagesFault(fault)),
  );
  const nothing = () => `Nothing is known of ${quote(asked)}.\n${key === undefined ? TRY_KEY : ''}`;
  await deps.stdout.write(options.json ? json(asked, found) : found ? human(found, deps.paint) : nothing());
  return found === undefined ? Exit.NO : Exit.DONE;
};

/** Adds `message`. */
export const addMessage = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  messagesOptions(
    program
      .command('message')
      .summary('say what became of a message, by any of its ids')
      .description('Says what is known of a message: its ids, whether it was sent, when and to whom.')
      .argument('[id]', "SES's id, the Message-ID header that recipients see, or the Message-ID you gave")
      .option('--key <idempotencyKey>', 'the idempotency key it was sent with, instead of an id')
      .option('--json', 'one JSON line'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: Options) => done(await message(id, options, deps)));
};
