import type { Address } from '../../core/address/address.ts';
import { FutureFact } from '../../core/ledger/decision.ts';
import { CliError } from '../cli-error.ts';
import { awsFault } from '../deployment/aws-fault.ts';

/** What kept a decision from being written, for people. */
export const decisionFault = (fault: unknown, address: Address): CliError => {
  if (fault instanceof FutureFact)
    return new CliError(
      'FutureFact',
      fault.message,
      `Look with \`ses-suppressor explain ${address}\`; \`ses-suppressor forget ${address} --unblock\` deletes what is known of it.`,
      undefined,
      { cause: fault },
    );
  const told = awsFault(fault);
  return told.code === 'ListUnreadable'
    ? new CliError('NotWritten', told.message, 'Run it again: repeating it is harmless.', undefined, { cause: fault })
    : told;
};
