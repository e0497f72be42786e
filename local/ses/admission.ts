import { REGION } from '../arn.ts';
import { isSimulatorAddress } from '../simulator/simulator-address.ts';
import type { SesAccount } from './account.ts';
import { invalidParameter, messageRejected, SesFault } from './fault.ts';
import { refusal } from './injected-fault.ts';
import { type Draft, headerValue } from './mail.ts';
import { bareAddress, checkMailbox, domainOf } from './mailbox.ts';

const MAX_RECIPIENTS = 50;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/**
 * Lets a send through or refuses it, as the state of the account has it.
 *
 * @throws SesFault what SES would answer
 */
export function admit(draft: Draft, account: SesAccount): void {
  checkForm(draft);
  checkConfigurationSet(draft.configurationSet, account);
  if (account.sendingPaused) {
    throw new SesFault(400, 'AccountSendingPausedException', 'Email sending is disabled for this account.');
  }
  if (account.enforcement === 'SHUTDOWN') throw refusal('rejected');
  checkVerified(draft, account);
  const { max24HourSend, sentLast24Hours } = account;
  if (max24HourSend !== -1 && sentLast24Hours >= max24HourSend) throw refusal('quota');
}

function checkForm(draft: Draft): void {
  if (draft.recipients.length === 0) throw invalidParameter('Missing required header: To');
  if (draft.recipients.length > MAX_RECIPIENTS) throw invalidParameter(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
  checkMailbox(draft.source);
  draft.recipients.forEach(checkMailbox);
  for (const tag of draft.tags) {
    if (!TAG.test(tag.name)) throw invalidParameter(`Invalid tag name <${tag.name}>.`);
    if (!TAG.test(tag.value)) throw invalidParameter(`Invalid tag value <${tag.value}>.`);
  }
}

function checkConfigurationSet(name: string | null, account: SesAccount): void {
  if (name === null) return;
  if (account.eventsOf(name) === null) {
    throw new SesFault(400, 'ConfigurationSetDoesNotExist', `Configuration set <${name}> does not exist.`);
  }
  if (account.pausedConfigurationSets.has(name)) {
    throw new SesFault(
      400,
      'ConfigurationSetSendingPausedException',
      `Email sending is disabled for configuration set <${name}>.`,
    );
  }
}

function checkVerified(draft: Draft, account: SesAccount): void {
  const isVerified = (mailbox: string) =>
    account.verified.has(bareAddress(mailbox).toLowerCase()) || account.verified.has(domainOf(mailbox));
  const senders = [draft.source, headerValue(draft.headers, 'From') ?? draft.source];
  const failed = [
    ...(account.everySenderVerified ? [] : senders.filter((from) => !isVerified(from))),
    ...(account.sandbox ? draft.recipients.filter((to) => !isVerified(to) && !isSimulatorAddress(to)) : []),
  ];
  if (failed.length === 0) return;
  throw messageRejected(
    'Email address is not verified. The following identities failed the check in region ' +
      `${REGION.toUpperCase()}: ${[...new Set(failed.map(bareAddress))].join(', ')}`,
  );
}
