import { FeedbackNotStored } from '../../../lambda/feedback/handler.ts';
import { eventBridge, onFailure, snsEvent } from '../../core/envelopes.ts';
import { complaint } from '../../core/messages.ts';
import { hardBounceOf, stage, standingOf } from './stage.ts';

const FAILS = {
  fault: () => {
    throw new Error('the table is out');
  },
};

test('takes SNS records straight from the topic, all of them', async () => {
  const { handler, ledger } = stage();
  await handler(snsEvent(hardBounceOf('pat@target.example'), hardBounceOf('sam@target.example')));
  expect((await standingOf(ledger, 'pat@target.example'))?.status).toBe('suppressed');
  expect((await standingOf(ledger, 'sam@target.example'))?.status).toBe('suppressed');
});

test('takes EventBridge events', async () => {
  const { handler, ledger } = stage();
  await handler(eventBridge(complaint()));
  expect((await standingOf(ledger, 'pat@target.example'))?.reason).toBe('complaint');
});

test('acknowledges an EventBridge event that is about no mail', async () => {
  const { handler, deadLetters } = stage();
  const advice = eventBridge({ version: '1.0', data: {} }, { 'detail-type': 'Advisor Recommendation Status Open' });
  expect(await handler(advice)).toEqual({ batchItemFailures: [] });
  expect(deadLetters.letters).toEqual([]);
});

test("takes Lambda's on-failure record around any of these", async () => {
  const { handler, ledger } = stage();
  await handler(onFailure(snsEvent(hardBounceOf('pat@target.example'))));
  expect((await standingOf(ledger, 'pat@target.example'))?.status).toBe('suppressed');
});

test.each([
  ['SNS records', snsEvent(hardBounceOf('pat@target.example'))],
  ['an EventBridge event', eventBridge(hardBounceOf('pat@target.example'))],
  ['a bare message', hardBounceOf('pat@target.example')],
])('throws for %s when the table is out, so that the invoker delivers again', async (_name, event) => {
  const { handler } = stage(FAILS);
  await expect(handler(event)).rejects.toThrow(FeedbackNotStored);
});

test('sets a malformed direct event aside as a whole, so that it can be fed back', async () => {
  const { handler, deadLetters } = stage();
  const event = snsEvent({ eventType: 'Bounce', bounce: { bouncedRecipients: 'nobody' } });
  await handler(event);
  expect(deadLetters.letters).toEqual([
    {
      body: JSON.stringify(event),
      code: 'RecipientsNotAList',
      message: 'bounce.bouncedRecipients: expected a list, got "nobody"',
    },
  ]);
});

test('throws when a malformed direct event cannot be set aside', async () => {
  const { handler, deadLetters } = stage();
  deadLetters.fault = new Error('the queue is gone');
  await expect(handler('nonsense')).rejects.toThrow('the queue is gone');
});

test.each([[undefined], [null], [42], ['text'], [[]], [{}], [{ Records: null }], [{ Records: [null, 1, 'x'] }]])(
  'answers %j without losing it',
  async (event) => {
    const { handler, deadLetters } = stage();
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(deadLetters.letters).toHaveLength(1);
  },
);
