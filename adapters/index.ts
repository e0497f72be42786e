/**
 * What your own program may use of this project: the list, the guard for nodemailer, and SES's feedback as decisions.
 * All else is internal and changes without notice.
 */
export { type Address, type AddressCode, type Mailbox, parseAddress, parseMailbox } from '../core/address/address.ts';
export { DEFAULT_POLICY, type Policy, type PolicyInput } from '../core/contract/index.ts';
export { type Classified, classify, isVerdict, type Unusable, type Verdict } from '../core/decisions/classify.ts';
export { openEnvelope } from '../core/feedback/open-envelope.ts';
export type { Problem, Result } from '../core/result.ts';
export type { Block, Withheld } from '../core/send/partition.ts';
export type { Refused } from '../core/send/recipients.ts';
export { dynamoDbClient } from './dynamodb-client.ts';
export { type ListInputCode, type ListInputField, ListInputInvalid, ListUnavailable } from './list-error.ts';
export {
  type GuardCode,
  GuardInvalid,
  type GuardOptions,
  type GuardReport,
  guardTransporter,
  RecipientsSuppressed,
} from './nodemailer-guard.ts';
export {
  type ChoiceOptions,
  type DecideOptions,
  type InStream,
  type PartitionedList,
  SuppressionList,
  type SuppressionListOptions,
} from './suppression-list.ts';
