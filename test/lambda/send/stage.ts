import { composeMime } from '../../../adapters/compose-mime.ts';
import { MemoryLedger, type MemoryLedgerOptions } from '../../../adapters/memory-ledger.ts';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { parseAddress } from '../../../core/address/address.ts';
import { DEFAULT_POLICY, EVERYWHERE, type Policy } from '../../../core/contract/index.ts';
import { type EntryKey, emptyEntry, type Reason } from '../../../core/entry/entry.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { ok, type Result } from '../../../core/result.ts';
import type { SendFailure } from '../../../core/send/failure.ts';
import type { Accepted, Mailer, OutgoingMail } from '../../../core/send/mailer.ts';
import { makeHandler } from '../../../lambda/send/handler.ts';
import { RecordedCounts, RecordedLog } from '../recorders.ts';

export const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const PLENTY = { getRemainingTimeInMillis: () => 60_000 };

/** SES as far as a send sees it: what it was given, and what it answers next. */
class RecordedMailer implements Mailer {
  readonly mails: OutgoingMail[] = [];
  answer: Result<Accepted, SendFailure> = ok({ messageId: '0100-1', messageIdHeader: '<0100-1@email.amazonses.com>' });

  async send(mail: OutgoingMail): Promise<Result<Accepted, SendFailure>> {
    this.mails.push(mail);
    return this.answer;
  }

  /** The MIME of the mail sent last, as text. */
  get mime(): string {
    const last = this.mails.at(-1);
    return last?.kind === 'raw' ? Buffer.from(last.raw).toString() : '';
  }
}

class CountingLedger extends MemoryLedger {
  readonly asked: EntryKey[][] = [];

  override standings(keys: readonly EntryKey[]) {
    this.asked.push([...keys]);
    return super.standings(keys);
  }
}

/** The send function over memory, with all it touches in view. */
export const stage = ({
  policy = {},
  streams,
  ...options
}: MemoryLedgerOptions & { readonly policy?: Partial<Policy>; readonly streams?: readonly string[] } = {}) => {
  const ledger = new CountingLedger(options);
  const sends = new MemorySends();
  const mailer = new RecordedMailer();
  const counts = new RecordedCounts();
  const log = new RecordedLog();
  const clock = { now: NOW };
  const handler = makeHandler({
    ledger,
    sends,
    mailer,
    counts,
    log,
    compose: composeMime,
    policy: { ...DEFAULT_POLICY, ...policy },
    configurationSet: 'main',
    configurationSets: ['main', 'other'],
    ...(streams === undefined ? {} : { streams: new Set(streams) }),
    now: () => clock.now,
    tryMs: 10_000,
  });
  const invoke = (event: unknown, context = PLENTY) => handler(event, context);
  return { ledger, sends, mailer, counts, log, clock, invoke };
};

/** Puts evidence of this reason on the list. */
export const list = async (ledger: MemoryLedger, raw: string, reason: Reason = 'hard-bounce', scope = EVERYWHERE) => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const evidence = [{ id: `${reason}-${raw}`, at: NOW - 1000, rule: reason, reason, type: 'Bounce' }];
  await learn(ledger, [{ ...emptyEntry({ address: parsed.value, scope }), evidence }], DEFAULT_POLICY);
};

/** A request that is right in every field. */
export const request = (over: { readonly [field: string]: unknown } = {}) => ({
  from: 'Ledger <no-reply@ledger.example>',
  to: ['Pat <pat@target.example>'],
  subject: 'Your receipt',
  text: 'Thank you.',
  ...over,
});

/** The error of an invocation that must fail, as the caller gets it. */
export const failureOf = async (invocation: Promise<unknown>) => {
  try {
    await invocation;
  } catch (error) {
    const { name, message, stack } = error as Error;
    return { errorType: name, stack, ...(JSON.parse(message) as { readonly [field: string]: unknown }) };
  }
  throw new Error('the invocation succeeded');
};
