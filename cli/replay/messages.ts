import { type Opened, openEnvelope } from '../../core/feedback/open-envelope.ts';
import type { Dependencies } from '../dependencies.ts';
import { JsonInputs } from '../input/json-inputs.ts';
import { readFault } from '../input/read-fault.ts';
import { textLines } from '../input/text-lines.ts';

/** A message, and where it stood, for people. */
export interface Found {
  readonly opened: Opened | { readonly kind: 'malformed'; readonly problem: { code: string; message: string } };
  readonly where: string;
}

/** What files and standard input are read by. */
export type Readable = Pick<Dependencies, 'openFile' | 'stdin'>;

/** Characters of the longest line and of the longest document over several lines. */
const LIMIT = 64 * 1024 * 1024;
export const STDIN = '-';

const nameOf = (file: string): string => (file === STDIN ? 'standard input' : file);

/** Faults of reading, told apart from those of what is done with it. */
async function* readable(file: string, { openFile, stdin }: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* file === STDIN ? stdin() : openFile(file);
  } catch (error) {
    throw readFault(nameOf(file), error);
  }
}

/**
 * The SES messages of a file or of standard input, in any envelope, as NDJSON, a JSON array or one JSON document.
 *
 * @throws CliError `FileUnreadable`
 */
export async function* messagesIn(file: string, deps: Readable): AsyncGenerator<Found> {
  const inputs = new JsonInputs(LIMIT);
  const found = function* (taken: ReturnType<JsonInputs['take']>): Generator<Found> {
    for (const input of taken) {
      const where = `${nameOf(file)}, line ${input.line}`;
      if (input.kind === 'problem') yield { opened: { kind: 'malformed', problem: input.problem }, where };
      else for (const opened of openEnvelope(input.value)) yield { opened, where };
    }
  };
  for await (const group of textLines(readable(file, deps), LIMIT))
    for (const line of group) yield* found(inputs.take(line));
  yield* found(inputs.end());
}
