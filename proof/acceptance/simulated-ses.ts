import type { LoopbackServer } from '../../local/http/loopback-server.ts';
import type { SesAccount } from '../../local/ses/account.ts';
import type { Inbox } from '../../local/ses/inbox.ts';
import { LocalSes } from '../../local/ses/local-ses.ts';
import type { AcceptedMail } from '../../local/ses/mail.ts';
import type { MailboxSimulator } from '../../local/simulator/mailbox-simulator.ts';
import { publisher } from '../../local/simulator/publisher.ts';

/** Where SES publishes. */
export interface TopicService {
  publish(topicArn: string, message: string, subject?: string): Promise<unknown>;
}

/** Milliseconds the mailbox simulator waits. */
const DELAYS = [40, 150] as const;

/**
 * This project's SES beside a cloud that has none with feedback: it takes mail, and publishes what becomes of it to the
 * deployed topic as SES does, by SNS.
 */
export class SimulatedSes {
  readonly account: SesAccount;
  readonly inbox: Inbox;
  readonly #topics: TopicService;
  readonly #server: LoopbackServer;
  readonly #simulator: MailboxSimulator;
  readonly #failures: string[] = [];
  #publishing = 0;
  #published = 0;

  private constructor(ses: LocalSes, server: LoopbackServer, topics: TopicService, seed: number) {
    this.account = ses.account;
    this.inbox = ses.inbox;
    this.#server = server;
    this.#topics = topics;
    // the topic is made by the deployment that also wires identities to it
    this.account.everyTopicExists = true;
    const publish = (message: string, subject?: string) => this.publish(message, subject);
    this.#simulator = publisher(ses.account, { publish }, { delays: DELAYS, seed, onFeedback: () => undefined });
  }

  /**
   * @param topics - takes what SES publishes
   * @param seed - chooses the simulator's waits
   */
  static async start(topics: TopicService, seed: number): Promise<SimulatedSes> {
    const take = (mail: AcceptedMail) => simulated.#simulator.take(mail);
    const ses = new LocalSes(take);
    const simulated = new SimulatedSes(ses, await ses.listen(), topics, seed);
    return simulated;
  }

  get url(): string {
    return this.#server.url;
  }

  /** Messages SNS has taken. */
  get published(): number {
    return this.#published;
  }

  /** Why SNS did not take a message, each. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  /** Whether everything that is to be said was said, and SNS has it. */
  get isIdle(): boolean {
    return this.#simulator.isIdle && this.#publishing === 0;
  }

  /** Publishes a message of one's own, as SES does. */
  publish(message: string, subject?: string): void {
    this.#publishing += 1;
    this.#topics
      .publish(this.account.topicArn, message, subject)
      .then(
        () => {
          this.#published += 1;
        },
        (error: unknown) => this.#failures.push(String(error)),
      )
      .finally(() => {
        this.#publishing -= 1;
      });
  }

  /** Says nothing any more, and closes the port. */
  async stop(): Promise<void> {
    this.#simulator.stop();
    await this.#server.stop();
  }
}
