import { CliError } from '../cli-error.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { printable } from '../output/printable.ts';

const REMEDIES: Readonly<Record<string, readonly [code: string, remedy: string]>> = {
  AccessDeniedException: [
    'AccessDenied',
    'Ask for ses:GetAccount, ses:GetConfigurationSet and ses:PutConfigurationSetSendingOptions (with --account ses:PutAccountSendingAttributes), and for dynamodb:GetItem and dynamodb:PutItem on the table of sends.',
  ],
  NotFoundException: [
    'ConfigurationSetNotFound',
    'Somebody has deleted it: deploy the stack again, or mend --stack or --region.',
  ],
  BreakerStateUnreadable: [
    'BreakerStateUnreadable',
    'Use the command of the version that is deployed, or delete the item; sending itself was switched if it had to be.',
  ],
  SwitchNotRemembered: ['SwitchNotRemembered', 'Run it again: switching twice does no harm.'],
};

/** What kept sending from being switched, with a code of ours and what to do about it. */
export const switchFault = (fault: unknown): CliError => {
  if (!(fault instanceof Error) || fault instanceof CliError) return awsFault(fault);
  const known = REMEDIES[fault.name];
  return known === undefined
    ? awsFault(fault)
    : new CliError(known[0], printable(fault.message), known[1], undefined, { cause: fault });
};
