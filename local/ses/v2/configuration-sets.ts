import { epochSeconds } from '../../http/rest-json.ts';
import type { EventType, SesAccount } from '../account.ts';
import { EVENT_DESTINATION } from '../event-destination.ts';
import { type Operation, page, readBoolean, readReasons } from './call.ts';
import { notFound } from './fault.ts';

const MOST_A_PAGE = 1000;

export const getConfigurationSet: Operation = ({ name }, account) => {
  eventsOf(name, account);
  const fresh = account.freshStarts.get(name);
  const reasons = account.configurationSetReasons.get(name);
  return {
    ConfigurationSetName: name,
    ReputationOptions: { ReputationMetricsEnabled: true, ...(fresh && { LastFreshStart: epochSeconds(fresh) }) },
    SendingOptions: { SendingEnabled: !account.pausedConfigurationSets.has(name) },
    ...(reasons && { SuppressionOptions: { SuppressedReasons: reasons } }),
    Tags: [],
  };
};

export const putConfigurationSetSendingOptions: Operation = ({ name, input }, account) => {
  eventsOf(name, account);
  account.setSending(name, readBoolean(input, 'SendingEnabled'));
  return {};
};

/** Without a list of reasons, the account's own hold again. */
export const putConfigurationSetSuppressionOptions: Operation = ({ name, input }, account) => {
  eventsOf(name, account);
  if (input.SuppressedReasons === undefined) account.configurationSetReasons.delete(name);
  else account.configurationSetReasons.set(name, readReasons(input.SuppressedReasons));
  return {};
};

export const getConfigurationSetEventDestinations: Operation = ({ name }, account) => {
  const events = [...eventsOf(name, account)].map(capital);
  const destination = {
    Name: EVENT_DESTINATION,
    Enabled: true,
    MatchingEventTypes: events,
    SnsDestination: { TopicArn: account.topicArn },
  };
  return { EventDestinations: events.length === 0 ? [] : [destination] };
};

export const listConfigurationSets: Operation = ({ input }, account) => {
  const names = [...account.configurationSets.keys()].sort();
  const { members, next } = page(names, { size: input.PageSize, token: input.NextToken, most: MOST_A_PAGE });
  return { ConfigurationSets: members, ...next };
};

function eventsOf(name: string, account: SesAccount): ReadonlySet<EventType> {
  const events = account.eventsOf(name);
  if (events === null) throw notFound(`Configuration set <${name}> does not exist.`);
  return events;
}

/** @example capital('Rendering Failure') // RENDERING_FAILURE */
const capital = (type: EventType): string => type.toUpperCase().replace(' ', '_');
