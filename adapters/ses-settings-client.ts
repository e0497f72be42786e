import { SESClient, type SESClientConfig } from '@aws-sdk/client-ses';

/**
 * An SES client for settings, not for mail: setting the same thing twice is harmless, so throttled calls and faults are
 * repeated. SES takes one such call a second for the whole account, and a deployment and the hourly schedule may meet.
 *
 * @param config - goes before the defaults, for an endpoint or a Region of one's own
 */
export const sesSettingsClient = (config: SESClientConfig = {}): SESClient =>
  new SESClient({
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...config,
  });
