import { parseMailbox } from '../../core/address/address.ts';
import { CliError } from '../cli-error.ts';
import { isWholeDomain, senderPatterns } from '../deployment/sender-patterns.ts';
import { Exit } from '../exit.ts';

/**
 * Who the mails are from: whom the option names, else the first whole address that may send, else `no-reply@` the first
 * domain.
 *
 * @param senders - patterns with blanks between, as the output `Senders` has them
 * @throws CliError `NoSender` if nobody is named and nobody may send; `AddressMalformed`
 * @example fromAddress(undefined, '*@ledger.example') // 'no-reply@ledger.example'
 */
export const fromAddress = (given: string | undefined, senders: string | undefined): string => {
  if (given !== undefined) {
    const read = parseMailbox(given);
    if (read.ok) return given;
    throw new CliError(
      'AddressMalformed',
      read.error.message,
      'Give --from an address such as no-reply@ledger.example.',
      Exit.USAGE,
    );
  }
  const patterns = senderPatterns(senders);
  const domain = patterns.find(isWholeDomain)?.slice(2);
  const from = patterns.find((pattern) => !isWholeDomain(pattern)) ?? (domain && `no-reply@${domain}`);
  if (from !== undefined) return from;
  throw new CliError(
    'NoSender',
    'this deployment does not say who may send',
    'Give --from an address, or add "senders" to the configuration and deploy.',
    Exit.USAGE,
  );
};
