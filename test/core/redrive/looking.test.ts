import { causeOf } from '../../../core/redrive/cause.ts';
import { Census } from '../../../core/redrive/census.ts';
import { eachLetter, HIDDEN_SECONDS } from '../../../core/redrive/each-letter.ts';
import { readFailureRecord } from '../../../core/redrive/failure-record.ts';
import { type Letter, LetterRefused, type Letters } from '../../../core/redrive/letters.ts';

const letter = (messageId: string, over: Partial<Letter> = {}): Letter => ({
  messageId,
  receiptHandle: `r-${messageId}`,
  body: '{}',
  attributes: {},
  sentAt: 5,
  ...over,
});
const text = (value: string) => ({ type: 'String', text: value });

describe('each letter is looked at', () => {
  /** A queue that gives these takes, then none. */
  const queue = (...takes: readonly (readonly Letter[])[]) => {
    const left = [...takes];
    const back: string[] = [];
    const hidden: number[] = [];
    const letters: Letters = {
      depth: async () => 0,
      take: async (seconds) => {
        hidden.push(seconds);
        return left.shift() ?? [];
      },
      giveBack: async ({ messageId }) => {
        back.push(messageId);
        if (messageId === 'stuck') throw new Error('gone');
      },
      remove: async () => undefined,
    };
    return { letters, back, hidden, untaken: () => left.length };
  };
  const look = async (box: Letters, over: object = {}, done = true) => {
    const seen: string[] = [];
    const all = await eachLetter(box, { startedAt: 10, now: () => 0, ...over }, async ({ messageId }) => {
      seen.push(messageId);
      return done;
    });
    return { all, seen };
  };

  test('until there are none, those that are done with being kept', async () => {
    const { letters, back, hidden } = queue([letter('a'), letter('b')], [letter('c')]);
    expect(await look(letters)).toEqual({ all: true, seen: ['a', 'b', 'c'] });
    expect(back).toEqual([]);
    expect(hidden).toEqual([HIDDEN_SECONDS, HIDDEN_SECONDS, HIDDEN_SECONDS]);
  });

  test('and given back if it is not done with, also if that fails', async () => {
    const { letters, back } = queue([letter('a'), letter('stuck')]);
    expect(await look(letters, {}, false)).toEqual({ all: true, seen: ['a', 'stuck'] });
    expect(back.sort()).toEqual(['a', 'stuck']);
  });

  test('once, however often the queue gives it, and never if it came later', async () => {
    const late = letter('late', { sentAt: 11 });
    const { letters, back } = queue(
      [letter('a'), late],
      [letter('a'), letter('old', { sentAt: 10 })],
      [letter('timeless', { sentAt: undefined })],
    );
    expect(await look(letters)).toEqual({ all: true, seen: ['a', 'old', 'timeless'] });
    expect(back.sort()).toEqual(['a', 'late']);
  });

  test('until the queue gives nothing new five times in a row', async () => {
    const again = [letter('a')];
    const { letters, untaken } = queue(again, again, again, again, again, [letter('b')], ...Array(9).fill(again));
    expect(await look(letters)).toEqual({ all: true, seen: ['a', 'b'] });
    expect(untaken()).toBe(4);
  });

  test('up to as many as asked for, and no longer than there is time', async () => {
    const some = queue([letter('a'), letter('b')], [letter('c')], [letter('d')]);
    expect(await look(some.letters, { most: 3 })).toEqual({ all: false, seen: ['a', 'b', 'c'] });
    const none = queue([letter('a')]);
    expect(await look(none.letters, { endsAt: 7, now: () => 7 })).toEqual({ all: false, seen: [] });
    expect(none.untaken()).toBe(1);
  });

  test('and all are given back when one meets a fault', async () => {
    const { letters, back } = queue([letter('a'), letter('b')]);
    const looking = eachLetter(letters, { startedAt: 10, now: () => 0 }, async () => Promise.reject(new Error('boom')));
    await expect(looking).rejects.toThrow('boom');
    expect(back.sort()).toEqual(['a', 'b']);
  });
});

describe('a census', () => {
  const coded = (id: string, code: string, sentAt: number | undefined, message?: string) =>
    letter(id, {
      sentAt,
      attributes: { code: text(code), ...(message === undefined ? {} : { message: text(message) }) },
    });

  test('counts by cause, the most frequent first, each with its oldest letter', () => {
    const census = new Census('feedback');
    for (const each of [
      coded('1', 'NotJson', undefined, 'first'),
      coded('2', 'NotJson', 9, 'second'),
      coded('3', 'NotJson', 7, 'third'),
      coded('4', 'NotJson', 8, 'fourth'),
      coded('5', 'NotJson', 7, 'fifth'),
      coded('6', 'Zebra', 1),
      coded('7', 'Aardvark', 2),
    ])
      census.add(each);
    expect(census.letters).toBe(7);
    expect(census.causes.map(({ code, letters, oldest, sample }) => [code, letters, oldest, sample.messageId])).toEqual(
      [
        ['NotJson', 5, 7, '3'],
        ['Aardvark', 1, 2, '7'],
        ['Zebra', 1, 1, '6'],
      ],
    );
    expect(census.causes[0]?.sample.message).toBe('third');
  });
});

describe('the cause of a letter', () => {
  test('is what was written beside it, by us or by SNS', () => {
    const ours = { code: text('NotJson'), message: text('why') };
    expect(causeOf(letter('1', { attributes: ours }), 'feedback')).toEqual({ code: 'NotJson', message: 'why' });
    const theirs = { ErrorCode: text('500'), ErrorMessage: text('no queue') };
    expect(causeOf(letter('1', { attributes: theirs }), 'undelivered')).toEqual({ code: '500', message: 'no queue' });
    expect(causeOf(letter('1', { attributes: { code: text('X') } }), 'feedback')).toEqual({
      code: 'X',
      message: undefined,
    });
  });

  test('is the box where nothing was written', () => {
    expect(causeOf(letter('1'), 'undelivered')).toEqual({ code: 'NotDelivered', message: undefined });
    expect(causeOf(letter('1'), 'feedback')).toEqual({ code: 'MovedBySqs', message: undefined });
  });
});

describe("Lambda's record of a failure", () => {
  const record = (context: object, response?: unknown) =>
    readFailureRecord(JSON.stringify({ requestContext: context, requestPayload: { a: 1 }, responsePayload: response }));

  test('is read, with what it does not say left open', () => {
    expect(
      record(
        { requestId: 'r', condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        { errorType: 'Sandbox.Timedout', errorMessage: 'late' },
      ),
    ).toStrictEqual({
      requestId: 'r',
      condition: 'RetriesExhausted',
      invokes: 3,
      payload: { a: 1 },
      errorType: 'Sandbox.Timedout',
      errorMessage: 'late',
    });
    expect(
      record({ requestId: 'r', condition: '', approximateInvokeCount: '3' }, { errorType: 7, errorMessage: '' }),
    ).toStrictEqual({
      requestId: 'r',
      condition: 'unknown',
      invokes: undefined,
      payload: { a: 1 },
      errorType: undefined,
      errorMessage: undefined,
    });
  });

  test.each([
    ['{"message":"said"}', 'said'],
    ['{"message":""}', '{"message":""}'],
    ['{"message":7}', '{"message":7}'],
    ['[1]', '[1]'],
    ['{', '{'],
  ])('says of %j what a person reads: %j', (errorMessage, said) => {
    expect(record({ requestId: 'r' }, { errorMessage })?.errorMessage).toBe(said);
  });

  test.each([[{}], [{ requestId: '' }], [{ requestId: 7 }]])('is none without an id: %j', (context) => {
    expect(record(context)).toBeUndefined();
  });

  test.each(['', 'null', '{}', '{"requestContext":{"requestId":"r"}}', '{"requestContext":[],"requestPayload":1}'])(
    'is none: %j',
    (body) => {
      expect(readFailureRecord(body)).toBeUndefined();
    },
  );
});

test('a refused letter is told apart by its name', () => {
  expect(new LetterRefused('x').name).toBe('LetterRefused');
});
