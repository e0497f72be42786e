import { GetSendQuotaCommand, SESClient, type SESClientConfig } from '@aws-sdk/client-ses';
import type { SendQuota } from '../core/rate/send-quota.ts';

/**
 * An SES client for the sending quota: SES takes one such call a second for the whole account, so a call that failed is
 * left to the next sender to repeat.
 *
 * @param config - goes before the defaults, for an endpoint or a Region of one's own
 */
export const sesQuotaClient = (config: SESClientConfig = {}): SESClient =>
  new SESClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...config,
  });

/**
 * The account's sending quota as SES tells it; what SES leaves out is NaN.
 *
 * @example await sesSendQuota(sesQuotaClient()).read() // { maxSendRate: 14, max24HourSend: 50000, sentLast24Hours: 127 }
 */
export const sesSendQuota = (client: SESClient): SendQuota => ({
  read: async () => {
    const answer = await client.send(new GetSendQuotaCommand({}));
    const { MaxSendRate = Number.NaN, Max24HourSend = Number.NaN, SentLast24Hours = Number.NaN } = answer;
    return { maxSendRate: MaxSendRate, max24HourSend: Max24HourSend, sentLast24Hours: SentLast24Hours };
  },
});
