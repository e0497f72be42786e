import { MESSAGES_DAYS } from '../../../core/contract/index.ts';
import { DAY } from '../../../core/instant.ts';
import { ruleKey } from '../../../core/messages/rule-key.ts';
import type { SendState } from '../../../core/messages/send-record.ts';
import { DRAFT, NOW, recordOf } from './records.ts';

const ASKED = { idempotencyKey: 'order-4711', digest: 'digest' };
const OTHER = { ...ASKED, digest: 'another' };
const UNTIL = NOW + 65_000;
const EXPIRED = NOW + MESSAGES_DAYS * DAY;
const RUNNING: SendState = { state: 'running' };
const UNKNOWN: SendState = { state: 'unknown', message: 'the connection was cut' };
const ANSWERED: SendState = { state: 'answered', messageId: '0100-1', messageIdHeader: '<0100-1@x>' };
const WITHHELD: SendState = { state: 'withheld' };

/** What the ruling says, in a word. */
const word = (progress: SendState | undefined, asked: typeof ASKED, now: number): string => {
  const ruling = ruleKey(progress && recordOf('order-4711', progress), asked, now);
  if (ruling.free) return ruling.over === undefined ? 'go' : `go over ${ruling.over}`;
  return ruling.result.ok ? 'answer' : ruling.result.error.code;
};
const over = 'go over token of order-4711';

test.each([
  ['nothing', undefined, NOW, 'go', 'go'],
  ['running', RUNNING, NOW, 'InProgress', 'IdempotencyKeyReused'],
  ['running to the last moment', RUNNING, UNTIL - 1, 'InProgress', 'IdempotencyKeyReused'],
  ['dead', RUNNING, UNTIL, 'OutcomeUnknown', 'IdempotencyKeyReused'],
  ['unknown', UNKNOWN, NOW, 'OutcomeUnknown', 'IdempotencyKeyReused'],
  ['answered', ANSWERED, EXPIRED - 1, 'answer', 'IdempotencyKeyReused'],
  ['withheld', WITHHELD, NOW, over, over],
  ['dead for 30 days', RUNNING, EXPIRED, over, over],
  ['unknown for 30 days', UNKNOWN, EXPIRED, over, over],
  ['answered 30 days ago', ANSWERED, EXPIRED, over, over],
] as const)('%s', (_name, progress, now, same, other) => {
  expect([word(progress, ASKED, now), word(progress, OTHER, now)]).toEqual([same, other]);
});

test('the answer is the draft with what SES said, marked as a duplicate', () => {
  expect(ruleKey(recordOf('order-4711', ANSWERED), ASKED, NOW)).toEqual({
    free: false,
    result: {
      ok: true,
      value: { ...DRAFT, messageId: '0100-1', messageIdHeader: '<0100-1@x>', duplicate: true },
    },
  });
});
