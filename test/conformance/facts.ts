/** All rows of what SES documents and of what was observed of it, as the corpus must have them. */

/** Type and subtype of every bounce. */
export const BOUNCES = [
  'Undetermined/Undetermined',
  'Permanent/General',
  'Permanent/NoEmail',
  'Permanent/Suppressed',
  'Permanent/OnAccountSuppressionList',
  'Permanent/OnTenantSuppressionList',
  'Permanent/UnsubscribedRecipient',
  'Permanent/EmailValidationSuppressed',
  'Transient/General',
  'Transient/MailboxFull',
  'Transient/MessageTooLarge',
  'Transient/ContentRejected',
  'Transient/AttachmentRejected',
  'Transient/CustomTimeoutExceeded',
] as const;

export const COMPLAINT_TYPES = ['abuse', 'auth-failure', 'fraud', 'virus', 'other', 'not-spam', undefined] as const;
export const COMPLAINT_SUBTYPES = [null, undefined, 'OnAccountSuppressionList', 'OnTenantSuppressionList'] as const;

export const DELAYS = [
  'InternalFailure',
  'SendingDeferral',
  'General',
  'Undetermined',
  'MailboxFull',
  'RecipientServerError',
  'TransientCommunicationFailure',
  'SpamDetected',
  'IPFailure',
  'BYOIPHostNameLookupUnavailable',
] as const;

/** Every type, in the families that have it. */
export const TYPES = [
  'notificationType Bounce',
  'notificationType Complaint',
  'notificationType Delivery',
  'notificationType AmazonSnsSubscriptionSucceeded',
  'notificationType Received',
  'eventType Bounce',
  'eventType Complaint',
  'eventType Delivery',
  'eventType Send',
  'eventType Reject',
  'eventType Open',
  'eventType Click',
  'eventType Rendering Failure',
  'eventType DeliveryDelay',
  'eventType Subscription',
] as const;

/** Fields that only some messages have; each must be met with and without. */
export const OPTIONAL_FIELDS = [
  'mail.sourceArn',
  'mail.destination',
  'mail.tags',
  'mail.headers',
  'mail.commonHeaders',
  'mail.headersTruncated',
  'mail.sourceIp',
  'mail.callerIdentity',
  'bounce.reportingMTA',
  'bounce.remoteMtaIp',
  'bounce.feedbackId',
  'complaint.complaintSubType',
  'complaint.userAgent',
  'complaint.complaintFeedbackType',
  'complaint.arrivalDate',
  'delivery.remoteMtaIp',
] as const;

/** Statuses with a meaning of their own, under a bounce that SES calls soft. */
export const STATUSES = [
  '5.1.1',
  '5.1.2',
  '5.1.3',
  '5.1.6',
  '5.1.10',
  '5.4.4',
  '5.7.1',
  '5.2.2',
  '5.6.1',
  '5.3.0',
  '5.0.0',
  '4.4.7',
];

/** What trapped others, and the case that catches it. */
export const TRAPS: { readonly [trap: string]: string } = {
  'an invalid domain is labelled transient': 'bounce-transient-invalid-domain',
  'a dead address is labelled transient': 'bounce-transient-status-5-1-1',
  'reply code 552 is taken for a full mailbox': 'bounce-permanent-552-not-found',
  'SES gave up, which is still soft': 'bounce-transient-status-expired',
  'one of two is only delayed': 'recipients-mixed-status',
  'permanent without a status': 'bounce-permanent-without-status',
  'permanent with an empty status': 'bounce-permanent-empty-status',
  'an out-of-office reply is counted': 'auto-reply-without-status',
  'an out-of-office reply has a display name': 'auto-reply-with-display-name',
  'a display name slips past the list': 'complaint-display-name',
  'case slips past the list': 'recipients-case',
  'a Unicode domain slips past the list': 'recipients-idn-domain',
  'a stranger’s text forges log lines': 'tolerant-control-characters',
  'a stranger’s text is too long': 'tolerant-long-text',
  'a list hit is shown as a complaint': 'complaint-on-account-list',
  'a complaint without recipients': 'complaint-without-recipients',
  'a complaint without ids': 'complaint-without-ids',
  'a bounce without its list': 'recipients-list-missing',
  'the first of the destination is suppressed': 'recipients-not-all-of-destination',
  'the To header is suppressed': 'stranger-headers-do-not-count',
  'only the first recipient is read': 'recipients-not-the-first-only',
  'only the first record is read': 'envelope-lambda-sns-two',
  'only one family is read': 'bounce-permanent-general-identity',
  'the set-up sentence crashes the reader': 'set-up-sentence-in-sns',
  'not-spam is taken for a complaint': 'complaint-not-spam',
  'a message fault is held against the address': 'bounce-transient-message-too-large',
  'an unreadable record is swallowed': 'envelope-batch-with-malformed',
  'an older event overwrites a newer one': 'seq-older-event-late',
  'an older event undoes a removal': 'seq-removal-and-late-bounce',
  'duplicates inflate counters': 'seq-same-strike-many-times',
  'a delivery lifts a suppression': 'seq-delivery-does-not-lift',
  'a mail accepted and then bounced counts as a success': 'seq-accepted-then-bounced',
  'a rendering failure is looked for under the wrong key': 'rendering-failure',
  'a complaint is dated before its mail': 'complaint-before-the-mail',
  'inbound mail on the feedback topic': 'inbound-mail',
  'a subtype that was invented': 'bounce-permanent-subtype-of-tomorrow',
  'advice on the account over EventBridge': 'set-up-eventbridge-advisor',
  'a tenant’s list silences everybody': 'bounce-permanent-on-tenant-list-without-tag',
  'an opt-out from a topic is taken for a dead mailbox': 'bounce-permanent-unsubscribed-topic',
};
