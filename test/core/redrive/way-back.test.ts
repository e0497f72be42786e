import fc from 'fast-check';
import { METRIC_RULES } from '../../../core/contract/index.ts';
import { causeOf } from '../../../core/redrive/cause.ts';
import { wayBack } from '../../../core/redrive/way-back.ts';
import { withKey } from '../../../core/send/with-key.ts';
import { readJob } from '../../../lambda/queue/job.ts';
import { failureRecord, letter, request } from './letters.ts';

const DEPLOYED = { configurationSet: 'Mine', configurationSets: ['Mine'] };

const bodyOf = (way: ReturnType<typeof wayBack>): Record<string, unknown> => {
  if (way.kind === 'stays') throw new Error(way.why);
  return JSON.parse(way.body);
};

describe('a queued request', () => {
  test('that SQS has moved goes back with the key it was sent by', () => {
    const given = letter(request);
    const attributes = {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    };
    const from = { eventSource: 'aws:sqs', eventSourceARN: '', awsRegion: 'eu-west-1', md5OfBody: '' };
    const { messageId, receiptHandle, body } = given;
    const first = readJob({ messageId, receiptHandle, body, attributes, messageAttributes: {}, ...from }, DEPLOYED);
    expect(bodyOf(wayBack(given, 'sends'))).toEqual({ ...request, idempotencyKey: first.idempotencyKey });
  });

  test('keeps the key it has, whatever its message is called now', () => {
    const keyed = { ...request, idempotencyKey: 'order-1' };
    expect(wayBack(letter(keyed, { code: 'QuotaExceeded' }), 'sends')).toEqual({
      kind: 'goes',
      body: JSON.stringify(keyed),
      attributes: {},
      key: 'order-1',
    });
  });

  test('loses what the function wrote beside it, and nothing else', () => {
    const trace = { type: 'String', text: '1-2' };
    const attributes = { code: { type: 'String', text: 'X' }, message: { type: 'String', text: 'x' }, trace };
    expect(wayBack(letter(request, { attributes }), 'sends')).toMatchObject({ attributes: { trace } });
  });

  test.each(['no json', '[]', '"text"', 'null', '7'])('stays if its body is %s', (body) => {
    expect(wayBack(letter(body), 'sends')).toMatchObject({
      kind: 'stays',
      why: expect.stringContaining('JSON object'),
    });
  });

  test('has one key, however often it is fed back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.uuid(), fc.uuid(), (fields, first, second) => {
        const once = wayBack(letter(fields, { messageId: first }), 'sends');
        const twice = wayBack(letter(bodyOf(once), { messageId: second }), 'sends');
        expect(bodyOf(twice)).toEqual(bodyOf(once));
      }),
    );
  });
});

test('a key is added without touching the rest of the text', () => {
  const body = ' {"template": {"data": {"n": 12345678901234567890}} } \n';
  expect(withKey(body, JSON.parse(body), 'k')).toBe(
    ' {"template": {"data": {"n": 12345678901234567890}} ,"idempotencyKey":"k"} \n',
  );
  expect(withKey('{}', {}, 'k')).toBe('{"idempotencyKey":"k"}');
});

describe('an asynchronous send that failed', () => {
  const MAY_HAVE_MAILED = ['OutcomeUnknown', 'InProgress', 'IdempotencyKeyReused'];

  test.each(METRIC_RULES.SendFailed)(
    'with %s goes back without a key only if nothing was given to SES',
    (errorType) => {
      const way = wayBack(letter(failureRecord(request, { errorType })), 'failed-sends');
      expect(way.kind).toBe(MAY_HAVE_MAILED.includes(errorType) ? 'stays' : 'goes');
    },
  );

  test.each(['Sandbox.Timedout', 'Runtime.ExitError', undefined])(
    'that ended by %s stays without a key',
    (errorType) => {
      const record = failureRecord(request, errorType === undefined ? {} : { errorType });
      expect(wayBack(letter(record), 'failed-sends')).toMatchObject({
        kind: 'stays',
        why: expect.stringContaining('may have been mailed'),
      });
    },
  );

  test.each(['OutcomeUnknown', 'Sandbox.Timedout'])('with a key of its own goes back after %s too', (errorType) => {
    const keyed = { ...request, idempotencyKey: 'order-1' };
    expect(bodyOf(wayBack(letter(failureRecord(keyed, { errorType })), 'failed-sends'))).toEqual(keyed);
  });

  test('gets a key from its invocation, which two records of it share', () => {
    const record = failureRecord(request, { errorType: 'QuotaExceeded' });
    const ways = ['m-1', 'm-2'].map((messageId) => wayBack(letter(record, { messageId }), 'failed-sends'));
    expect(ways.map(bodyOf)).toEqual([
      { ...request, idempotencyKey: 'async-r-4711' },
      { ...request, idempotencyKey: 'async-r-4711' },
    ]);
  });

  test('goes back if it was never begun, and stays if it may have been', () => {
    const waited = (invokes: number) =>
      wayBack(letter(failureRecord(request, { condition: 'EventAgeExceeded', invokes })), 'failed-sends').kind;
    expect([waited(0), waited(1)]).toEqual(['goes', 'stays']);
  });

  test.each([[[request]], ['text'], [null]])('stays if its payload is %j', (payload) => {
    const record = failureRecord(payload, { errorType: 'QuotaExceeded' });
    expect(wayBack(letter(record), 'failed-sends').kind).toBe('stays');
  });

  test.each(['no json', '{}', '[]', '{"requestContext":{}}'])('stays if the letter is %s', (body) => {
    expect(wayBack(letter(body), 'failed-sends').kind).toBe('stays');
  });
});

test.each(['feedback', 'undelivered'] as const)('%s goes back as it is, whatever it is', (box) => {
  fc.assert(
    fc.property(fc.string(), (body) => {
      expect(wayBack(letter(body, { code: 'NotJson' }), box)).toEqual({ kind: 'goes', body, attributes: {} });
    }),
  );
});

test('says why a letter was set aside', () => {
  expect(causeOf(letter('x', { code: 'NotJson', said: 'expected JSON' }), 'feedback')).toEqual({
    code: 'NotJson',
    message: 'expected JSON',
  });
  expect(causeOf(letter('x'), 'feedback').code).toBe('MovedBySqs');
  expect(causeOf(letter('x'), 'undelivered').code).toBe('NotDelivered');
  expect(causeOf(letter(failureRecord(request, { errorType: 'QuotaExceeded' })), 'failed-sends')).toEqual({
    code: 'QuotaExceeded',
    message: 'SES says no',
  });
  expect(causeOf(letter(failureRecord(request, { condition: 'EventAgeExceeded' })), 'failed-sends').code).toBe(
    'EventAgeExceeded',
  );
});
