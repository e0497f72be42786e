import { type Address, type Mailbox, parseMailbox } from '../../core/address/address.ts';
import { CliError } from '../cli-error.ts';
import { Exit } from '../exit.ts';

/**
 * The one mailbox that somebody gave.
 *
 * @throws CliError with the code of what is wrong with it
 */
export const usableMailbox = (given: string): Mailbox => {
  const parsed = parseMailbox(given);
  if (parsed.ok) return parsed.value;
  const { code, message } = parsed.error;
  throw new CliError(code, message, 'Give one address such as pat@target.example.', Exit.USAGE);
};

/** The key of it, see {@link usableMailbox}. */
export const usableAddress = (given: string): Address => usableMailbox(given).key;
