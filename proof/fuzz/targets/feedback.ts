import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { MemorySends } from '../../../adapters/memory-sends.ts';
import { memorySettling } from '../../../adapters/memory-settling.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import type { DeadLetter } from '../../../core/feedback/dead-letters.ts';
import { FeedbackNotStored, makeHandler } from '../../../lambda/feedback/handler.ts';
import { isSqsBatch } from '../../../lambda/feedback/unit.ts';
import { isObject, type Json } from '../json.ts';
import { checkSize } from '../oracles.ts';
import { ready } from '../recipe.ts';
import { EVENTS, FEEDBACK_WORDS } from '../seeds/messages.ts';
import { promise, type Target } from '../target.ts';
import { ClosedCounts, countable } from '../worlds/closed-counts.ts';
import { checkItems } from '../worlds/items.ts';
import { LinesLog } from '../worlds/lines-log.ts';

/** SQS takes no longer message. */
const MOST_CHARS = 1024 * 1024;

/** What a letter says about why it was set aside. */
export const MALFORMED_CODES = [
  'NotJson',
  'NotAnObject',
  'NoType',
  'BadEnvelope',
  'TooDeep',
  'RecipientsNotAList',
  'NoUsableTime',
  'NoUsableAddress',
] as const;

const textOf = (body: unknown): string => (typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));

const bodiesOf = (event: Json): readonly string[] | undefined =>
  isSqsBatch(event) ? event.Records.map((record) => textOf((record as { body?: unknown }).body)) : undefined;

/** The feedback function over tables in memory. */
export const feedback = (): Target => {
  const lines = new LinesLog();
  const counts = new ClosedCounts();
  return {
    name: 'feedback',
    seeds: EVENTS,
    words: FEEDBACK_WORDS,
    answers: [
      ...countable('Feedback', 'SimulatorFeedback', 'Messages').filter((answer) => answer !== 'Messages/given-back'),
      ...MALFORMED_CODES.map((code) => `parked ${code}`),
    ],
    async run(input) {
      const event = ready(input, MOST_CHARS);
      const size = JSON.stringify(event).length;
      const ledger = new MemoryLedger({ now: () => Date.UTC(2026, 0, 3) });
      const letters: DeadLetter[] = [];
      const handler = makeHandler({
        ledger,
        policy: DEFAULT_POLICY,
        deadLetters: { park: async (letter) => void letters.push(letter) },
        settling: memorySettling(ledger, new MemorySends()),
        fingerprint: fingerprint('a key of the fuzzer'),
        log: lines.log,
        counts,
      });
      const invoke = async (): Promise<void> => {
        const { batchItemFailures } = await handler(event);
        promise(
          batchItemFailures.length === 0,
          () => `given back without a fault: ${JSON.stringify(batchItemFailures)}`,
        );
      };
      try {
        await invoke();
      } catch (fault) {
        if (!(fault instanceof FeedbackNotStored)) throw fault;
        promise(false, () => `given back without a fault: ${fault.message}`);
      }
      const [writes, parked] = [ledger.writes, letters.length];
      checkItems(ledger.items, size);
      for (const { code, message, body } of letters) {
        promise(
          MALFORMED_CODES.some((known) => known === code),
          () => `a letter with the code ${code}`,
        );
        checkSize('what a letter says', message.length, 0, 0);
        const bodies = bodiesOf(event);
        promise(
          bodies === undefined || bodies.includes(body) || isObject(JSON.parse(body)),
          () => 'a letter with another body',
        );
      }
      lines.check(size);
      const answers = [...counts.take(), ...letters.map(({ code }) => `parked ${code}`)];
      await invoke();
      promise(ledger.writes === writes, () => `the same event again wrote ${ledger.writes - writes} entries`);
      promise(letters.length === 2 * parked, () => 'the same event again is not set aside alike');
      lines.check(size);
      counts.take();
      return answers;
    },
  };
};
