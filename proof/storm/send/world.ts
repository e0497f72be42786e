import { parseAddress } from '../../../core/address/address.ts';
import { KEY_TAG } from '../../../core/contract/index.ts';
import { LocalSes } from '../../../local/ses/local-ses.ts';
import { subjectOf } from '../../../local/ses/mail.ts';
import type { Weather } from '../clients.ts';
import type { Tables } from '../feedback/environment.ts';
import type { LetterBox } from '../feedback/letter-box.ts';
import { Chronicle } from './chronicle.ts';
import { ordinalIn } from './requests.ts';

/** Name of the one configuration set. */
export const CONFIGURATION_SET = 'storm';

/** Where a storm of sends takes place. */
export interface World {
  readonly seed: number;
  readonly tables: Tables;
  readonly letters: LetterBox;
  readonly sesUrl: string;
  readonly weather: Weather;
  readonly chronicle: Chronicle;
  /** Requests that an environment lives for, on average; infinite: nobody dies. */
  readonly lifetime: number;
  /** The time, which can be let run ahead. */
  readonly now: () => number;
  /** Lets so many milliseconds pass at once. */
  pass(millis: number): void;
  stop(): Promise<void>;
}

/** The key of a mailbox; the mailbox itself where it has none. */
export const keyIn = (mailbox: string): string => {
  const parsed = parseAddress(mailbox);
  return parsed.ok ? parsed.value : mailbox;
};

/** Starts a local SES that notes each mail, and a clock. */
export const startWorld = async (
  given: Pick<World, 'seed' | 'tables' | 'letters' | 'weather' | 'lifetime'>,
): Promise<World> => {
  const chronicle = new Chronicle();
  const ses = new LocalSes((mail) => {
    const key = mail.tags.find(({ name }) => name === KEY_TAG)?.value;
    const recipients = mail.recipients.map(keyIn);
    chronicle.taken.push({ ordinal: ordinalIn(subjectOf(mail)), messageId: mail.messageId, key, recipients });
    ses.inbox.clear();
  });
  ses.account.everyConfigurationSetExists = true;
  ses.account.max24HourSend = -1;
  const server = await ses.listen();
  let ahead = 0;
  return {
    ...given,
    sesUrl: server.url,
    chronicle,
    now: () => Date.now() + ahead,
    pass: (millis) => {
      ahead += millis;
    },
    stop: () => server.stop(),
  };
};
