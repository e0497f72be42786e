import type { EventType, SesAccount } from './account.ts';
import { EVENT_DESTINATION } from './event-destination.ts';
import { invalidParameter, SesFault } from './fault.ts';
import type { QueryForm } from './query-form.ts';
import { UNLIMITED_RATE } from './send-quota.ts';
import type { XmlFields } from './xml-answer.ts';

/** An action on the account; answers what stands in its result. */
export type AccountAction = (form: QueryForm, account: SesAccount) => XmlFields;

/** API 2010-12-01 knows the others by no name. */
const OLD_NAMES: Partial<Record<EventType, string>> = {
  Send: 'send',
  Bounce: 'bounce',
  Complaint: 'complaint',
  Delivery: 'delivery',
  Reject: 'reject',
  'Rendering Failure': 'renderingFailure',
};

/** What can be done with the account and its configuration sets, by the action's name. */
export const ACCOUNT_ACTIONS: Readonly<Record<string, AccountAction>> = {
  GetSendQuota: (_form, { max24HourSend, maxSendRate, sentLast24Hours }) => ({
    Max24HourSend: String(max24HourSend),
    MaxSendRate: String(maxSendRate ?? UNLIMITED_RATE),
    SentLast24Hours: String(sentLast24Hours),
  }),
  GetAccountSendingEnabled: (_form, account) => ({ Enabled: String(!account.sendingPaused) }),
  UpdateAccountSendingEnabled: (form, account) => {
    account.sendingPaused = !readBoolean(form, 'Enabled');
    return {};
  },
  UpdateConfigurationSetSendingEnabled: (form, account) => {
    const { name } = readConfigurationSet(form, account);
    account.setSending(name, readBoolean(form, 'Enabled'));
    return {};
  },
  DescribeConfigurationSet: (form, account) => {
    const { name, events } = readConfigurationSet(form, account);
    const wanted = new Set(form.list('ConfigurationSetAttributeNames'));
    const fresh = account.freshStarts.get(name);
    const reputation = {
      SendingEnabled: String(!account.pausedConfigurationSets.has(name)),
      ReputationMetricsEnabled: 'true',
      ...(fresh && { LastFreshStart: fresh.toISOString() }),
    };
    return {
      ConfigurationSet: { Name: name },
      ...(wanted.has('eventDestinations') && { EventDestinations: destinations(events, account) }),
      ...(wanted.has('reputationOptions') && { ReputationOptions: reputation }),
    };
  },
};

/** @throws SesFault `InvalidParameterValue` if it is neither true nor false; one that is not given is false */
export function readBoolean(form: QueryForm, name: string): boolean {
  const text = form.text(name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw invalidParameter(`${name} must be true or false.`);
  return text === 'true';
}

function readConfigurationSet(form: QueryForm, account: SesAccount) {
  const name = form.text('ConfigurationSetName') ?? '';
  const events = account.eventsOf(name);
  if (events !== null) return { name, events };
  throw new SesFault(400, 'ConfigurationSetDoesNotExist', `Configuration set <${name}> does not exist.`);
}

function destinations(events: ReadonlySet<EventType>, { topicArn }: SesAccount): XmlFields[] {
  const names = [...events].flatMap((type) => OLD_NAMES[type] ?? []);
  const topic = { TopicARN: topicArn };
  const destination = { Name: EVENT_DESTINATION, Enabled: 'true', MatchingEventTypes: names, SNSDestination: topic };
  return names.length === 0 ? [] : [destination];
}
