import {
  GetIdentityNotificationAttributesCommand,
  type IdentityNotificationAttributes,
  type SESClient,
  SetIdentityHeadersInNotificationsEnabledCommand,
  SetIdentityNotificationTopicCommand,
} from '@aws-sdk/client-ses';
import type { NotificationType } from '../core/contract/index.ts';

/** Where one notification type of an identity goes. */
export interface Wire {
  /** ARN of the topic; `null` if none is set. */
  readonly topic: string | null;
  /** Whether SES puts the mail's original headers into these notifications. */
  readonly headers: boolean;
}

/** The three wires of one identity. */
export type Wires = Readonly<Record<NotificationType, Wire>>;

/** SES does not accept what it was asked for: an identity or topic that is missing, or a topic it may not publish to. */
export class NotificationRefused extends Error {
  override readonly name = 'NotificationRefused';
  readonly code = 'NOTIFICATION_REFUSED';
}

/** What the wiring asks of SES; every call counts against one a second. */
export interface IdentityNotifications {
  /**
   * The wires of up to 100 identities, by the names given; an identity that SES does not know is missing from the map.
   */
  read(identities: readonly string[]): Promise<ReadonlyMap<string, Wires>>;
  /**
   * Sends one notification type to `topic`, or nowhere for `null`.
   *
   * @throws NotificationRefused if SES refuses the identity or the topic
   */
  setTopic(identity: string, type: NotificationType, topic: string | null): Promise<void>;
  /**
   * Puts the mail's original headers into the notifications, or leaves them out.
   *
   * @throws NotificationRefused if SES refuses the identity
   */
  setHeaders(identity: string, type: NotificationType, enabled: boolean): Promise<void>;
}

const wiresOf = (found: IdentityNotificationAttributes): Wires => ({
  Bounce: { topic: found.BounceTopic || null, headers: found.HeadersInBounceNotificationsEnabled ?? false },
  Complaint: { topic: found.ComplaintTopic || null, headers: found.HeadersInComplaintNotificationsEnabled ?? false },
  Delivery: { topic: found.DeliveryTopic || null, headers: found.HeadersInDeliveryNotificationsEnabled ?? false },
});

/** `InvalidParameterValue` is how SES v1 says "no such identity" and "I cannot publish to that topic" alike. */
const refusal = (error: unknown): unknown =>
  error instanceof Error && /^(InvalidParameterValue|NotFound)(Exception)?$/.test(error.name)
    ? new NotificationRefused(error.message, { cause: error })
    : error;

/**
 * Identity notifications of SES, by its v1 API: no later one can set a topic.
 *
 * @example new SesIdentityNotifications(new SESClient({})).setTopic('ledger.example', 'Bounce', topicArn)
 */
export class SesIdentityNotifications implements IdentityNotifications {
  readonly #client: SESClient;

  constructor(client: SESClient) {
    this.#client = client;
  }

  async read(identities: readonly string[]): Promise<ReadonlyMap<string, Wires>> {
    const answer = await this.#client.send(
      new GetIdentityNotificationAttributesCommand({ Identities: [...identities] }),
    );
    return new Map(Object.entries(answer.NotificationAttributes ?? {}).map(([name, found]) => [name, wiresOf(found)]));
  }

  async setTopic(identity: string, type: NotificationType, topic: string | null): Promise<void> {
    const command = new SetIdentityNotificationTopicCommand({
      Identity: identity,
      NotificationType: type,
      ...(topic === null ? {} : { SnsTopic: topic }),
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      throw refusal(error);
    }
  }

  async setHeaders(identity: string, type: NotificationType, enabled: boolean): Promise<void> {
    const command = new SetIdentityHeadersInNotificationsEnabledCommand({
      Identity: identity,
      NotificationType: type,
      Enabled: enabled,
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      throw refusal(error);
    }
  }
}
