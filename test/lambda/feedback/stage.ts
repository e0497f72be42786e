import { MemoryLedger, type MemoryLedgerOptions } from '../../../adapters/memory-ledger.ts';
import { parseAddress } from '../../../core/address/address.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY, EVERYWHERE } from '../../../core/contract/index.ts';
import type { EntryKey } from '../../../core/entry/entry.ts';
import { keyText } from '../../../core/entry/entry.ts';
import type { Settling } from '../../../core/messages/settle.ts';
import { makeHandler } from '../../../lambda/feedback/handler.ts';
import { bounce, bounced, type Fields } from '../../core/messages.ts';
import { RecordedCounts, RecordedDeadLetters, RecordedLog } from '../recorders.ts';

/** A ledger that counts the calls it gets. */
class CountingLedger extends MemoryLedger {
  reads = 0;

  override read(keys: readonly EntryKey[]) {
    this.reads += 1;
    return super.read(keys);
  }
}

/** The feedback function over memory, with all it touches in view. */
export const stage = (options: MemoryLedgerOptions = {}, settlingOf?: (ledger: MemoryLedger) => Settling) => {
  const ledger = new CountingLedger(options);
  const deadLetters = new RecordedDeadLetters();
  const log = new RecordedLog();
  const counts = new RecordedCounts();
  const handler = makeHandler({
    ledger,
    deadLetters,
    log,
    counts,
    policy: DEFAULT_POLICY,
    fingerprint: fingerprint('a key of the tests'),
    ...(settlingOf === undefined ? {} : { settling: settlingOf(ledger) }),
  });
  return { handler, ledger, deadLetters, log, counts };
};

/** An SQS record as the queue hands it over. */
export const record = (messageId: string, body: unknown): Fields => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767323050123' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:feedback',
  awsRegion: 'eu-west-1',
});

/** A hard bounce of one address. */
export const hardBounceOf = (address: string): Fields =>
  bounce({ recipients: [bounced(address)], mail: { destination: [address] }, detail: { feedbackId: `fb-${address}` } });

/** What the list says of an address everywhere, or undefined. */
export const standingOf = async (ledger: MemoryLedger, raw: string) => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const key = { address: parsed.value, scope: EVERYWHERE };
  return (await ledger.standings([key])).found.get(keyText(key));
};
