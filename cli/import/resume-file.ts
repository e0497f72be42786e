import * as v from 'valibot';
import type { Tally } from '../../core/import/import-batch.ts';
import { quote } from '../../core/text.ts';
import { CliError } from '../cli-error.ts';
import { Exit } from '../exit.ts';
import type { Files } from '../files.ts';

const counts = v.record(v.string(), v.number());

const State = v.strictObject({
  /** What the position belongs to: the file and how it is read. */
  fingerprint: v.string(),
  /** Bytes of the rejects file that belong to the rows taken. */
  rejectsBytes: v.number(),
  tally: v.strictObject({
    rows: v.number(),
    written: v.number(),
    unchanged: v.number(),
    overruled: v.number(),
    blockedAgain: v.number(),
    rejected: v.number(),
    byCode: counts,
    byReason: counts,
  }),
});

/** How far an import had come. */
export interface Position {
  readonly tally: Tally;
  readonly rejectsBytes: number;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Reads how far an import had come.
 *
 * @returns undefined if there is no such file: it begins
 * @throws CliError `ResumeUnreadable`, `ResumeMismatch` if it belongs to another file or to other options
 */
export const readPosition = async (path: string, fingerprint: string, files: Files): Promise<Position | undefined> => {
  const text = await files.read(path);
  if (text === undefined) return undefined;
  const read = v.safeParse(State, parse(text));
  if (!read.success)
    throw new CliError(
      'ResumeUnreadable',
      `${quote(path)} is no position of an import`,
      'Give another name.',
      Exit.USAGE,
    );
  if (read.output.fingerprint !== fingerprint)
    throw new CliError(
      'ResumeMismatch',
      `${quote(path)} belongs to another file or list, or to other options`,
      'Give the same file, deployment and options as before, or delete it to begin again: what was taken already is not written twice.',
      Exit.USAGE,
    );
  return { tally: read.output.tally, rejectsBytes: read.output.rejectsBytes };
};

/** Stores how far an import has come, at once and for good. */
export const writePosition = (
  path: string,
  fingerprint: string,
  { tally, rejectsBytes }: Position,
  files: Files,
): Promise<void> => files.replace(path, `${JSON.stringify({ fingerprint, rejectsBytes, tally })}\n`);
