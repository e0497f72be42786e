import { fail } from '../../../core/result.ts';
import { sendFailure } from '../../../core/send/failure.ts';
import { outcomeOf } from '../../../lambda/queue/outcome.ts';

test('what SES did not accept for lack of credentials waits, though asking at once again would not help', () => {
  const refused = { ...sendFailure('SesUnreachable', 'the security token has expired'), retryable: false };
  expect(outcomeOf(fail(refused))).toEqual({ kind: 'waits', why: 'fault', failure: refused });
});

test('what can never be sent fails', () => {
  const failure = sendFailure('MessageRejected', 'as SES says it');
  expect(outcomeOf(fail(failure))).toEqual({ kind: 'failed', failure });
});
