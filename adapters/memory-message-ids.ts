import type { IdentifiedMail, MessageIds } from '../core/messages/message-ids.ts';

/** One call, before or after it is done. */
export interface MemoryMessageIdsCall {
  readonly operation: 'remember' | 'byMessageId' | 'byOwnMessageId';
  readonly phase: 'before' | 'after';
}

/** What Message-IDs in memory are made of. */
export interface MemoryMessageIdsOptions {
  /** Called around every call; an error it throws, or rejects with, is that call's fault. It may also wait. @default - nothing fails */
  readonly fault?: (call: MemoryMessageIdsCall) => void | Promise<void>;
}

/** Message-IDs in memory, for tests and trials: the same contract as those in DynamoDB. */
export class MemoryMessageIds implements MessageIds {
  readonly #bySes = new Map<string, IdentifiedMail>();
  readonly #byOwn = new Map<string, IdentifiedMail>();
  readonly #fault: (call: MemoryMessageIdsCall) => void | Promise<void>;

  constructor({ fault = () => undefined }: MemoryMessageIdsOptions = {}) {
    this.#fault = fault;
  }

  remember(mail: IdentifiedMail): Promise<void> {
    return this.#around('remember', () => {
      this.#bySes.set(mail.messageId, { ...mail });
      this.#byOwn.set(mail.ownMessageId, { ...mail });
    });
  }

  byMessageId(messageId: string): Promise<IdentifiedMail | undefined> {
    return this.#around('byMessageId', () => this.#bySes.get(messageId));
  }

  byOwnMessageId(ownMessageId: string): Promise<IdentifiedMail | undefined> {
    return this.#around('byOwnMessageId', () => this.#byOwn.get(ownMessageId));
  }

  async #around<T>(operation: MemoryMessageIdsCall['operation'], work: () => T): Promise<T> {
    await this.#fault({ operation, phase: 'before' });
    const done = work();
    await this.#fault({ operation, phase: 'after' });
    return done;
  }
}
