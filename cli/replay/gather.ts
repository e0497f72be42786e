import type { Policy } from '../../core/contract/index.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { eachLetter } from '../../core/redrive/each-letter.ts';
import type { Letter } from '../../core/redrive/letters.ts';
import { Archive } from '../../core/replay/archive.ts';
import type { ReplayMode } from '../../core/replay/difference.ts';
import { inPart } from '../../core/replay/in-part.ts';
import type { Problem } from '../../core/result.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedLetters } from '../dependencies.ts';
import { Exit } from '../exit.ts';
import { printable } from '../output/printable.ts';
import { type Found, messagesIn, type Readable, STDIN } from './messages.ts';
import { ReplayTally } from './tally.ts';

/** All that gathering touches. */
export type GatherDeps = Readable & Pick<Dependencies, 'now' | 'progress' | 'stderr'>;

/** Where messages come from. */
export interface Sources {
  readonly files: readonly string[];
  /** Undefined: not asked for. */
  readonly letters: OpenedLetters['letters'] | undefined;
}

/** What gathering takes. */
export interface GatherOptions {
  readonly sources: Sources;
  readonly policy: Policy;
  readonly mode: ReplayMode;
  /** Entries that memory holds at once. */
  readonly most: number;
}

/** Done with entries that are gathered: with all that is said of them when rebuilding, else with what is said so far. */
export type Act = (archive: Archive) => Promise<void>;

/** Unreadable messages that are told one by one. */
const TOLD = 20;
/** Parts of an archive that is read again for each. */
const MOST_PARTS = 64;
/** Well within the time for which letters are hidden. */
const LONGEST_LOOK_MS = 600_000;

/** The message of a letter as the function would be given it. */
const recordOf = ({ body, sentAt }: Letter) => ({
  body,
  ...(sentAt === undefined ? {} : { attributes: { SentTimestamp: String(sentAt) } }),
});

const eachMessage = async (
  { files, letters }: Sources,
  deps: GatherDeps,
  take: (found: Found) => Promise<void>,
): Promise<void> => {
  for (const file of files) for await (const found of messagesIn(file, deps)) await take(found);
  if (letters === undefined) return;
  const startedAt = deps.now();
  const reach = { startedAt, now: deps.now, endsAt: startedAt + LONGEST_LOOK_MS };
  // Letters come several at once, and are taken one after the other.
  let turn = Promise.resolve();
  const complete = await eachLetter(letters, reach, async (letter) => {
    turn = turn.then(async () => {
      for (const opened of openEnvelope(recordOf(letter)))
        await take({ opened, where: `dead letter ${letter.messageId}` });
    });
    await turn;
    return false;
  });
  if (!complete) await deps.stderr.write('There are more dead letters than were read in ten minutes.\n');
};

/** Ends a pass over an archive that does not fit. */
class TooMany extends Error {}

const tooMany = (most: number): CliError =>
  new CliError(
    'TooManyAddresses',
    `the messages are about more than ${most} addresses, and all that is said of one is needed at once`,
    'Save them to a file and give that: a file is read as often as it takes.',
    Exit.USAGE,
  );

/**
 * Reads all messages and acts on what they say about each entry, with bounded memory. Merging needs no more than what was
 * read so far, so it acts whenever memory is full. Rebuilding needs all that is said of an entry: what does not fit is
 * read in several passes, each about a part of the entries.
 *
 * @returns what was read and decided
 * @throws CliError `TooManyAddresses` where messages cannot be read again
 */
export const gather = async (options: GatherOptions, deps: GatherDeps, act: Act): Promise<ReplayTally> => {
  const { sources, policy, mode, most } = options;
  const progress = deps.progress('messages');

  let told = 0;
  const tell = async (nth: number, where: string, { code, message }: Problem): Promise<void> => {
    if (nth <= told || told === TOLD) return;
    told = nth;
    await deps.stderr.write(`${printable(where)}: ${code}: ${printable(message)}\n`);
  };

  const pass = async (part: number, parts: number): Promise<ReplayTally> => {
    const tally = new ReplayTally();
    const fresh = () => new Archive({ policy, ids: mode === 'rebuild', wants: inPart(part, parts) });
    let archive = fresh();
    await eachMessage(sources, deps, async ({ opened, where }) => {
      const classified = 'problem' in opened ? opened : archive.add(opened);
      if (classified.kind === 'malformed') {
        tally.addMalformed();
        await tell(tally.malformed, where, classified.problem);
      } else tally.add(classified);
      progress.show(tally.messages);
      if (archive.size < most) return;
      if (mode === 'rebuild') throw new TooMany();
      await act(archive);
      archive = fresh();
    });
    await act(archive);
    return tally;
  };

  const canReadAgain = sources.letters === undefined && !sources.files.includes(STDIN);
  const passes = async (part: number, parts: number): Promise<ReplayTally> => {
    try {
      return await pass(part, parts);
    } catch (fault) {
      if (!(fault instanceof TooMany)) throw fault;
      if (!canReadAgain || parts >= MOST_PARTS) throw tooMany(most);
      const tally = await passes(part, parts * 2);
      await passes(part + parts, parts * 2);
      return tally;
    }
  };

  try {
    return await passes(0, 1);
  } finally {
    progress.end();
  }
};
