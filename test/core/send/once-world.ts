import { MemoryMessageIds } from '../../../adapters/memory-message-ids.ts';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { memorySettling } from '../../../adapters/memory-settling.ts';
import type { Standing } from '../../../core/entry/derive.ts';
import { keyText } from '../../../core/entry/entry.ts';
import { keyedMail } from '../../../core/feedback/keyed-mail.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { toIso } from '../../../core/instant.ts';
import { hashKey, type KeyHash } from '../../../core/messages/key-hash.ts';
import { messageIdHeader } from '../../../core/messages/message-id-header.ts';
import { settle } from '../../../core/messages/settle.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { SendAnswer, SendError } from '../../../core/send/answer.ts';
import { type SendCode, type SendFailure, sendFailure } from '../../../core/send/failure.ts';
import type { Accepted, OutgoingMail } from '../../../core/send/mailer.ts';
import { type SendDeps, send } from '../../../core/send/send.ts';
import { MemoryLedger } from '../memory-ledger.ts';

export const NOW = Date.parse('2026-01-02T03:04:05.678Z');
export const REGION = 'eu-west-1';
export const KEY = 'order-4711';
export const OWN_ID = '<order-4711@ledger.example>';
/** Milliseconds an invocation has. */
export const RUNS_MS = 60_000;

/** A request with a key and a Message-ID of its own. */
export const request = (over: { readonly [field: string]: unknown } = {}) => ({
  from: 'no-reply@ledger.example',
  to: ['pat@target.example'],
  subject: 'Your receipt',
  text: 'Thank you.',
  headers: { 'Message-ID': OWN_ID },
  idempotencyKey: KEY,
  ...over,
});

/** What SES does with the next mails: accepts, refuses with a code, or accepts and never answers. */
export type SesMood = 'accepts' | 'loses-answer' | 'loses-request' | SendCode;

/** What an invocation meets before and after each of its operations. */
export type Probe = (point: string) => void | Promise<void>;
export type Ended = Result<SendAnswer, SendError> | 'crashed';

const silent = () => undefined;

/** Tables and SES, which outlive every invocation. */
export class World {
  readonly ledger = new MemoryLedger();
  readonly sends = new MemorySends();
  readonly messageIds = new MemoryMessageIds();
  readonly accepted: { readonly mail: OutgoingMail; readonly messageId: string; readonly at: number }[] = [];
  readonly logged: string[] = [];
  now = NOW;
  ses: SesMood = 'accepts';

  /** Runs the send function once. */
  invoke(over: { readonly [field: string]: unknown } = {}, probe: Probe = silent, deps: Partial<SendDeps> = {}) {
    return send(request(over), this.now + RUNS_MS, this.#deps(probe, deps));
  }

  /** Takes the address off, or puts it on, the list. */
  list(standing: Standing): void {
    const found = new Map([[keyText({ address: 'pat@target.example' as never, scope: '*' }), standing]]);
    this.ledger.standings = async () => ({ found, failed: new Map() });
  }

  /** Delivers what SES reports on every mail it has accepted, as the feedback function would. */
  async report(mails = this.accepted, probe: Probe = silent) {
    const told = mails
      .flatMap(({ mail, messageId, at }) => openEnvelope(deliveryOf(mail, messageId, at)))
      .map((opened) => (opened.kind === 'message' ? keyedMail(opened) : undefined))
      .filter((each) => each !== undefined);
    const settling = memorySettling(this.ledger, probed(this.sends, 'sends', probe), REGION);
    const { records } = await settling.readWith(
      [],
      told.map(({ key }) => key),
    );
    return settle(told, records, settling);
  }

  /** The record of the key. */
  record(key: KeyHash = hashKey(KEY)) {
    return this.sends.read(key);
  }

  #deps(probe: Probe, over: Partial<SendDeps>): SendDeps {
    const deps: SendDeps = {
      ledger: { standings: (keys) => this.ledger.standings(keys) },
      sends: probed(this.sends, 'sends', probe),
      messageIds: probed(this.messageIds, 'messageIds', probe),
      mailer: { send: (mail) => this.#mail(mail, probe) },
      compose: async () => {
        await probe('before compose');
        await probe('after compose');
        return Buffer.from('Subject: Hi\r\n\r\nHi\r\n');
      },
      policy: { whenListUnavailable: 'refuse' },
      configurationSet: 'main',
      configurationSets: ['main'],
      counts: { add: silent, flush: silent },
      log: { info: silent, warn: silent, error: (message) => this.logged.push(message) },
      now: () => this.now,
      endsAt: this.now + RUNS_MS,
      ...over,
    };
    const { standings } = deps.ledger;
    const checked: SendDeps['ledger'] = {
      standings: async (keys) => {
        try {
          await probe('before ledger.standings');
          const read = await standings(keys);
          await probe('after ledger.standings');
          return read;
        } catch (fault) {
          return { found: new Map(), failed: new Map(keys.map((key) => [keyText(key), fault as Error])) };
        }
      },
    };
    return { ...deps, ledger: checked };
  }

  /** SES: a fault on the way there or back is an outcome that nobody knows. */
  async #mail(mail: OutgoingMail, probe: Probe): Promise<Result<Accepted, SendFailure>> {
    const lost = fail(sendFailure('OutcomeUnknown', 'the connection was cut'));
    try {
      await probe('before mailer.send');
      const { ses } = this;
      if (ses === 'loses-request') return lost;
      if (ses !== 'accepts' && ses !== 'loses-answer') return fail(sendFailure(ses, 'SES said no'));
      const messageId = `0100-${this.accepted.length + 1}`;
      this.accepted.push({ mail, messageId, at: this.now });
      await probe('after mailer.send');
      if (ses === 'loses-answer') return lost;
      return ok({ messageId, messageIdHeader: messageIdHeader(messageId, REGION) });
    } catch {
      return lost;
    }
  }
}

/** What SES publishes of a mail. */
export const deliveryOf = (mail: OutgoingMail, messageId: string, at: number) => ({
  eventType: 'Delivery',
  mail: {
    timestamp: toIso(at),
    messageId,
    destination: mail.destinations,
    tags: Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
  },
  delivery: { timestamp: toIso(at + 1000), recipients: mail.destinations },
});

/** A port whose every operation meets the probe before and after. */
function probed<T extends object>(port: T, name: string, probe: Probe): T {
  return new Proxy(port, {
    get: (target, operation) => {
      const member: unknown = Reflect.get(target, operation, target);
      if (typeof member !== 'function') return member;
      if (operation === 'token') return member.bind(target);
      return async (...args: unknown[]) => {
        await probe(`before ${name}.${String(operation)}`);
        const answer: unknown = await member.apply(target, args);
        await probe(`after ${name}.${String(operation)}`);
        return answer;
      };
    },
  });
}

/** The points that an invocation meets, in order. */
export const pointsOf = async (run: (probe: Probe) => Promise<unknown>): Promise<string[]> => {
  const points: string[] = [];
  await run((point) => {
    points.push(point);
  });
  return points;
};

/** Runs an invocation that dies when it meets its nth point: nothing of it goes on. */
export const crashingAt = (n: number, run: (probe: Probe) => Promise<Ended>): Promise<Ended> => {
  let met = 0;
  let dead = false;
  return new Promise((resolve, reject) => {
    const probe: Probe = () => {
      dead ||= met === n;
      met += 1;
      if (!dead) return undefined;
      resolve('crashed');
      return new Promise<never>(() => undefined);
    };
    run(probe).then(resolve, reject);
  });
};

/** A probe that fails at its nth point, and at no other. */
export const failingAt = (n: number): Probe => {
  let met = 0;
  return () => {
    met += 1;
    if (met - 1 === n) throw new Error('the table is out');
  };
};
