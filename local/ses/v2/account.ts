import { UNLIMITED_RATE } from '../send-quota.ts';
import { type Operation, readBoolean, readReasons } from './call.ts';

export const getAccount: Operation = (_call, account) => ({
  DedicatedIpAutoWarmupEnabled: false,
  EnforcementStatus: account.enforcement,
  ProductionAccessEnabled: !account.sandbox,
  SendingEnabled: !account.sendingPaused && account.enforcement !== 'SHUTDOWN',
  SendQuota: {
    Max24HourSend: account.max24HourSend,
    MaxSendRate: account.maxSendRate ?? UNLIMITED_RATE,
    SentLast24Hours: account.sentLast24Hours,
  },
  SuppressionAttributes: { SuppressedReasons: account.suppression.activeReasons },
});

export const putAccountSendingAttributes: Operation = ({ input }, account) => {
  account.sendingPaused = !readBoolean(input, 'SendingEnabled');
  return {};
};

/** Without reasons, no reason stops a mail. */
export const putAccountSuppressionAttributes: Operation = ({ input }, account) => {
  account.suppression.activeReasons = readReasons(input.SuppressedReasons ?? []);
  return {};
};
