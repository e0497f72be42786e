import { quote } from '../../core/text.ts';
import { CliError } from '../cli-error.ts';
import { Exit } from '../exit.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

/** Why a file or standard input could not be read. */
export const readFault = (name: string, fault: unknown): CliError => {
  const { code, message } = fault as { code?: string; message?: string };
  const why = WORDS[code ?? ''] ?? `cannot be read (${code ?? message})`;
  return new CliError(
    'FileUnreadable',
    `${quote(name)} ${why}`,
    'Give a file that can be read, or - for standard input.',
    Exit.USAGE,
    { cause: fault },
  );
};
