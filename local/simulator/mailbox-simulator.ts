import { seededRandom } from '../seeded-random.ts';
import type { SesAccount } from '../ses/account.ts';
import { NOTIFICATION_TYPES, type NotificationType } from '../ses/identities.ts';
import type { AcceptedMail } from '../ses/mail.ts';
import { Timers } from '../timers.ts';
import type { Feedback, PlannedFeedback } from './feedback.ts';
import { eventMail, notificationMail } from './mail-object.ts';
import { type Delays, planFeedback } from './plan.ts';

/** Where the simulator's messages go, once per family. */
export interface FeedbackSink {
  /** A configuration-set event. */
  event(message: object, mail: AcceptedMail, feedback: Feedback): void;
  /** An identity notification. */
  notification(message: object, mail: AcceptedMail, feedback: Feedback): void;
}

/** SES's side after acceptance: says, after a short while, what became of each recipient. */
export class MailboxSimulator {
  readonly #timers = new Timers();
  readonly #random: () => number;
  readonly #account: SesAccount;
  readonly #sink: FeedbackSink;
  readonly #delays: Delays;

  /** @param seed - the same seed gives the same waits */
  constructor(account: SesAccount, sink: FeedbackSink, { delays, seed }: { delays: Delays; seed: number }) {
    this.#account = account;
    this.#sink = sink;
    this.#delays = delays;
    this.#random = seededRandom(seed);
  }

  /** Whether everything that will be said about the mails so far has been said. */
  get isIdle(): boolean {
    return this.#timers.pending === 0;
  }

  take(mail: AcceptedMail): void {
    const isListed = (address: string) => this.#account.isSuppressed(address, mail.configurationSet);
    this.#follow(mail, planFeedback(mail, this.#delays, this.#random, isListed));
  }

  /** Nothing is said any more. */
  stop(): void {
    this.#timers.stop();
  }

  /** One thing after the other, so that a complaint never comes before its delivery. */
  #follow(mail: AcceptedMail, [next, ...rest]: readonly PlannedFeedback[]): void {
    if (next === undefined) return;
    this.#timers.after(next.afterMs, () => {
      this.#follow(mail, rest);
      const { type, key, recipients } = next;
      this.#publish(mail, { type, key, recipients, detail: next.makeDetail(new Date()) });
    });
  }

  #publish(mail: AcceptedMail, feedback: Feedback): void {
    const { type, key, detail } = feedback;
    const { configurationSet } = mail;
    if (configurationSet !== null && this.#account.eventsOf(configurationSet)?.has(type)) {
      this.#sink.event({ eventType: type, mail: eventMail(mail, type), [key]: detail }, mail, feedback);
    }
    const notified = NOTIFICATION_TYPES.find((name) => name === type);
    if (notified !== undefined && this.#isNotified(mail, notified)) {
      const message = {
        notificationType: type,
        mail: notificationMail(mail, this.#hasHeaders(mail, notified)),
        [key]: detail,
      };
      this.#sink.notification(message, mail, feedback);
    }
  }

  #isNotified(mail: AcceptedMail, type: NotificationType): boolean {
    const { identityTopics, identities, topicArn } = this.#account;
    return identityTopics || identities.for(mail.source)?.topics.get(type) === topicArn;
  }

  #hasHeaders(mail: AcceptedMail, type: NotificationType): boolean {
    const { identityHeaders, identities } = this.#account;
    return identityHeaders || identities.for(mail.source)?.headers.has(type) === true;
  }
}
