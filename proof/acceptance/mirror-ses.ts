import {
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { EventType, SesAccount } from '../../local/ses/account.ts';
import { claim } from './acceptance-error.ts';

const TYPES: readonly EventType[] = [
  'Send',
  'Bounce',
  'Complaint',
  'Delivery',
  'Subscription',
  'Reject',
  'Rendering Failure',
];

/** @example eventType('RENDERING_FAILURE') // 'Rendering Failure' */
export const eventType = (capitals: string): EventType | undefined =>
  TYPES.find((type) => type.toUpperCase().replace(' ', '_') === capitals);

/** What of the deployment lies in SES. */
export interface DeployedSes {
  readonly topicArn: string;
  readonly configurationSets: readonly string[];
  /** Domains that the deployment has made. */
  readonly domains: readonly string[];
}

/**
 * Sets up the simulated SES as the deployment has set up the cloud's own: configuration sets with what they publish, and
 * the identities it has made.
 *
 * @param deployed - the cloud's own SES
 * @throws ClaimFailed if a configuration set publishes elsewhere than to the topic
 */
export const mirrorSes = async (deployed: SESv2Client, account: SesAccount, { topicArn, ...names }: DeployedSes) => {
  account.topicArn = topicArn;
  for (const name of names.configurationSets) {
    const { EventDestinations = [] } = await deployed.send(
      new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: name }),
    );
    const ours = EventDestinations.filter(({ SnsDestination }) => SnsDestination?.TopicArn === topicArn);
    claim(ours.length > 0, `configuration set ${name} should publish to ${topicArn}, but publishes elsewhere`);
    const events = ours.flatMap(({ MatchingEventTypes = [] }) =>
      MatchingEventTypes.flatMap((each) => eventType(each) ?? []),
    );
    account.configurationSets.set(name, new Set(events));
  }
  for (const name of names.domains) {
    const found = await deployed.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
    const settings = account.identities.of(name);
    settings.configurationSet = found.ConfigurationSetName ?? null;
    const domain = found.MailFromAttributes?.MailFromDomain;
    settings.mailFrom = domain ? { domain, status: 'SUCCESS' } : null;
  }
};
