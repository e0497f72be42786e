import { SESv2Client, type SESv2ClientConfig } from '@aws-sdk/client-sesv2';

/**
 * An SES v2 client for settings and the account's list, not for mail: doing the same thing twice is harmless, so cut
 * connections and faults are repeated.
 *
 * @param config - goes before the defaults, for an endpoint or a Region of one's own
 */
export const sesV2Client = (config: SESv2ClientConfig = {}): SESv2Client =>
  new SESv2Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...config,
  });
