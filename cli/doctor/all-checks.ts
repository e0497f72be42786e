import type { Check } from './check.ts';
import { accountSending, accountSuppression, enforcement, quota, sandbox } from './checks/account.ts';
import {
  configurationSetSending,
  configurationSetSuppression,
  eventDestination,
  reputationMetrics,
} from './checks/configuration-set.ts';
import { dmarc } from './checks/dmarc.ts';
import { functionErrors, functionThrottles } from './checks/functions.ts';
import { dkim, identityVerified, mailFrom, senders } from './checks/identity.ts';
import { deadLetters, queueAge, queueBacklog } from './checks/queues.ts';
import { region } from './checks/region.ts';
import { reputation } from './checks/reputation.ts';
import { spf } from './checks/spf.ts';
import { stack } from './checks/stack.ts';
import { alarmSubscription, subscription } from './checks/subscription.ts';
import { orphanedTables, table, tableExpiry, tableProtection, tableRecovery } from './checks/tables.ts';
import { topic } from './checks/topic.ts';
import { topicPolicy } from './checks/topic-policy.ts';
import { doubleNotification, forwarding, identityTopics } from './checks/wiring.ts';

/** Every check, in the order of the report. */
export const CHECKS: readonly Check[] = [
  stack,
  region,
  enforcement,
  accountSending,
  sandbox,
  quota,
  accountSuppression,
  identityVerified,
  dkim,
  mailFrom,
  spf,
  dmarc,
  identityTopics,
  doubleNotification,
  forwarding,
  configurationSetSending,
  eventDestination,
  reputationMetrics,
  configurationSetSuppression,
  topic,
  topicPolicy,
  subscription,
  queueBacklog,
  queueAge,
  deadLetters,
  senders,
  reputation,
  table,
  tableExpiry,
  tableRecovery,
  tableProtection,
  orphanedTables,
  functionErrors,
  functionThrottles,
  alarmSubscription,
];
