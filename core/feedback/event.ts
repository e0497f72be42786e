import type { Address } from '../address/address.ts';
import type { Instant } from '../instant.ts';

/** What every feedback event tells: what SES said about one recipient. */
interface Common {
  readonly recipient: Address;
  /** `feedbackId` (absent: messageId + type + timestamp), then the address key. */
  readonly id: string;
  /** SES's time of the event, bounded by the mail's and the envelope's time. */
  readonly at: Instant;
  readonly messageId: string | undefined;
  /** The address the remote server named, where the event is about the mail's sole destination instead. */
  readonly reported: string | undefined;
  /** The sender's `stream` tag. */
  readonly stream: string | undefined;
}

export interface BounceEvent extends Common {
  readonly type: 'Bounce';
  readonly bounceType: string | undefined;
  readonly bounceSubType: string | undefined;
  readonly action: string | undefined;
  /** Enhanced status code as sent; undefined if missing or empty. */
  readonly status: string | undefined;
  readonly diagnosticCode: string | undefined;
  /** Topic of SES list management, from the mail's headers. */
  readonly topic: string | undefined;
  /** The tag `ses:tenant-name`. */
  readonly tenant: string | undefined;
}

export interface ComplaintEvent extends Common {
  readonly type: 'Complaint';
  readonly complaintSubType: string | undefined;
  readonly complaintFeedbackType: string | undefined;
  /** How many people the complaint may be from. */
  readonly complainants: number;
  readonly tenant: string | undefined;
}

export interface DeliveryEvent extends Common {
  readonly type: 'Delivery' | 'DeliveryDelay';
}

export interface SubscriptionEvent extends Common {
  readonly type: 'Subscription';
  /** What the preference became; undefined if nothing changed. */
  readonly change: 'OptIn' | 'OptOut' | undefined;
  /** The topic or stream it became that for. */
  readonly topic: string | undefined;
}

export type FeedbackEvent = BounceEvent | ComplaintEvent | DeliveryEvent | SubscriptionEvent;
