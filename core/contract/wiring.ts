/** Types of the custom resources that the wiring function answers. */
export const WiringResource = {
  /** One notification type of one identity goes to the stack's topic. */
  IDENTITY_TOPIC: 'Custom::SesIdentityTopic',
  /** An adopted table has the keys and the index of section 6. */
  TABLE_CHECK: 'Custom::SuppressionTableCheck',
} as const;

/** Environment variable with the name of the table that remembers how an identity was wired before. */
export const WIRING_MEMORY_TABLE = 'SUPPRESSOR_WIRING_MEMORY_TABLE';

/** Partition key of that table: identity and notification type, joined by {@link wireId}. */
export const WIRING_MEMORY_KEY = 'wire';

/** Kinds of identity notification, in SES's words. */
export const NOTIFICATION_TYPES = ['Bounce', 'Complaint', 'Delivery'] as const;

/** One of SES's three kinds of identity notification. */
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** Value of `action` in the event of the hourly schedule. */
export const REASSERT = 'reassert';

/** The hourly event: which notification types of which identities must lead to the stack's topic. */
export interface ReassertEvent {
  readonly action: typeof REASSERT;
  readonly identities: readonly string[];
  readonly types: readonly NotificationType[];
}

/** Properties of an `IDENTITY_TOPIC` resource; CloudFormation passes every value as a string. */
export interface IdentityTopicProperties {
  readonly Identity: string;
  readonly NotificationType: NotificationType;
  readonly TopicArn: string;
  /** `true` takes the place of another system's topic. */
  readonly Replace: 'true' | 'false';
  /** `true` asks SES to put the mail's original headers into the notification. */
  readonly IncludeHeaders: 'true' | 'false';
  /** Differs at each deployment, so that CloudFormation runs the resource each time. */
  readonly Deployment: string;
}

/** Properties of a `TABLE_CHECK` resource. */
export interface TableCheckProperties {
  readonly TableName: string;
  /** Differs at each deployment, so that CloudFormation runs the resource each time. */
  readonly Deployment: string;
}

/**
 * The one name of a wire: stable, so that CloudFormation never takes an update for a replacement.
 *
 * @example wireId('ledger.example', 'Bounce') // 'ledger.example/Bounce'
 */
export const wireId = (identity: string, type: NotificationType): string => `${identity}/${type}`;
