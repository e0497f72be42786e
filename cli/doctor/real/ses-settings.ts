import type { SESClient } from '@aws-sdk/client-ses';
import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { SesIdentityNotifications } from '../../../adapters/identity-notifications.ts';
import { oneASecond, type Time } from '../../../adapters/one-a-second.ts';
import type { IdentityTopics, SesSettings } from '../ports.ts';

/** SES takes so many names in one call. */
const MOST_NAMES = 100;

/** Null where SES knows no such thing. */
const nullIfNotFound = (error: unknown): null => {
  if (error instanceof NotFoundException) return null;
  throw error;
};

/**
 * SES's settings by both versions of its API, one call a second for both together.
 *
 * @param v2 - see `sesV2Client`
 * @param v1 - see `sesSettingsClient`; the topics of identities are in no later version
 * @param time - the real one, unless given
 */
export const realSesSettings = (v2: SESv2Client, v1: SESClient, time: Time = {}): SesSettings => {
  const paced = oneASecond(time);
  const notifications = new SesIdentityNotifications(v1);
  return {
    async account() {
      const found = await paced(() => v2.send(new GetAccountCommand({})));
      return {
        production: found.ProductionAccessEnabled ?? false,
        sendingEnabled: found.SendingEnabled ?? false,
        enforcement: found.EnforcementStatus ?? 'no status',
        quota: {
          max24Hours: found.SendQuota?.Max24HourSend ?? 0,
          sent24Hours: found.SendQuota?.SentLast24Hours ?? 0,
        },
        suppressedReasons: found.SuppressionAttributes?.SuppressedReasons ?? [],
      };
    },
    async identity(name) {
      const found = await paced(() => v2.send(new GetEmailIdentityCommand({ EmailIdentity: name }))).catch(
        nullIfNotFound,
      );
      if (found === null) return null;
      const { MailFromDomain: domain, MailFromDomainStatus: status = 'no status' } = found.MailFromAttributes ?? {};
      return {
        isDomain: found.IdentityType !== 'EMAIL_ADDRESS',
        verified: found.VerifiedForSendingStatus ?? false,
        verification: found.VerificationStatus ?? 'no status',
        dkim: {
          signing: found.DkimAttributes?.SigningEnabled ?? false,
          status: found.DkimAttributes?.Status ?? 'no status',
        },
        mailFrom: domain ? { domain, status } : null,
        forwarding: found.FeedbackForwardingStatus ?? false,
      };
    },
    async identityTopics(names) {
      const topics = new Map<string, IdentityTopics>();
      for (let from = 0; from < names.length; from += MOST_NAMES) {
        const wires = await paced(() => notifications.read(names.slice(from, from + MOST_NAMES)));
        for (const [name, { Bounce, Complaint, Delivery }] of wires)
          topics.set(name, { Bounce: Bounce.topic, Complaint: Complaint.topic, Delivery: Delivery.topic });
      }
      return topics;
    },
    async configurationSet(name) {
      const found = await paced(() => v2.send(new GetConfigurationSetCommand({ ConfigurationSetName: name }))).catch(
        nullIfNotFound,
      );
      if (found === null) return null;
      return {
        sendingEnabled: found.SendingOptions?.SendingEnabled ?? false,
        reputationMetrics: found.ReputationOptions?.ReputationMetricsEnabled ?? false,
        suppressedReasons: found.SuppressionOptions?.SuppressedReasons ?? null,
      };
    },
    async eventDestinations(configurationSet) {
      const { EventDestinations = [] } = await paced(() =>
        v2.send(new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: configurationSet })),
      );
      return EventDestinations.map((each) => ({
        name: each.Name ?? '',
        enabled: each.Enabled ?? false,
        events: each.MatchingEventTypes ?? [],
        topicArn: each.SnsDestination?.TopicArn ?? null,
      }));
    },
  };
};
