import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { checkSends, type SendAftermath } from '../../../proof/storm/send/check-sends.ts';
import { type Call, Chronicle, type Told } from '../../../proof/storm/send/chronicle.ts';
import { requestOf } from '../../../proof/storm/send/requests.ts';
import { brokenIn, CALMLY, stopTables, stormOfSends } from './harness.ts';

afterAll(stopTables);

const BLOCKED = 'nobody is mailed after the entry that blocks them was written';
const ONCE = 'no key is mailed twice, and no call mails twice';
const TRUE = 'every answer is true';
const CLOSED = 'with the tables out nothing is sent';
const KEYS = 'asked again later, a key that SES has reported on gives its answer';
const CONSISTENT = 'every read asks for consistency';

test('a function that does not ask for consistent reads mails people who are blocked, and is found out', async () => {
  const tamper = (client: DynamoDBClient): void =>
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName !== 'BatchGetItemCommand') return next(args);
          const { RequestItems } = args.input as { RequestItems: Record<string, object> };
          const asked = Object.entries(RequestItems).map(([table, part]) => [
            table,
            { ...part, ConsistentRead: false },
          ]);
          return next({ ...args, input: { ...args.input, RequestItems: Object.fromEntries(asked) } });
        },
      { step: 'initialize' },
    );
  const { claims } = await stormOfSends(2, 100, { ...CALMLY, tamper });
  expect(brokenIn(claims)).toEqual(expect.arrayContaining([BLOCKED, CONSISTENT]));
});

describe('what is spoiled after a storm is noticed', () => {
  let aftermath: SendAftermath;
  beforeAll(async () => {
    ({ aftermath } = await stormOfSends(3, 120, { ...CALMLY, share: 0.02 }));
    expect(brokenIn(checkSends(aftermath, 0))).toEqual([]);
  });

  /** The storm with something changed in its chronicle. */
  const brokenBy = (spoil: (chronicle: Chronicle) => void, asked = aftermath.asked): string[] => {
    const { calls, taken, begun, written } = aftermath.chronicle;
    const copy = new Chronicle();
    copy.calls.push(...calls.map((call) => ({ ...call, arrived: [...call.arrived] })));
    copy.taken.push(...taken);
    for (const [key, at] of begun) copy.begun.set(key, at);
    for (const [key, at] of written) copy.written.set(key, at);
    spoil(copy);
    return brokenIn(checkSends({ ...aftermath, chronicle: copy, asked }, 0));
  };
  const callWhere = ({ calls }: Chronicle, fits: (call: Call) => boolean): Call => {
    const found = calls.find(fits);
    if (found === undefined) throw new Error('there is no such call in this storm');
    return found;
  };
  const isSent = ({ told, arrived }: Call): boolean =>
    told.kind === 'answer' && told.answer.status === 'sent' && arrived.length === 1;
  const failed = (code: 'RateExceeded' | 'ListUnavailable'): Told => ({
    kind: 'error',
    error: { code, message: '', retryable: true, remedy: '' },
  });

  test('a mail to somebody who was blocked before its call began', () => {
    expect(
      brokenBy((chronicle) => {
        const { ordinal } = callWhere(chronicle, isSent);
        for (const address of requestOf(aftermath.size, ordinal).recipients) chronicle.written.set(`${address}\n*`, 0);
      }),
    ).toEqual([BLOCKED]);
  });

  test('a key that SES has taken twice', () => {
    expect(
      brokenBy(({ taken }) => {
        const keyed = taken.find(({ key }) => key !== undefined);
        if (keyed !== undefined) taken.push({ ...keyed, messageId: 'again' });
      }),
    ).toContain(ONCE);
  });

  test('a call that mails twice', () => {
    expect(
      brokenBy((chronicle) => {
        const { arrived } = callWhere(chronicle, isSent);
        arrived.push(...arrived);
      }),
    ).toEqual([ONCE, TRUE]);
  });

  test('an answer that says sent of what SES has not', () => {
    expect(
      brokenBy((chronicle) => {
        const call = callWhere(chronicle, isSent);
        if (call.told.kind === 'answer')
          call.told = { kind: 'answer', answer: { ...call.told.answer, messageId: 'made up' } };
      }),
    ).toContain(TRUE);
  });

  test('an error that says nothing was sent of what SES has', () => {
    expect(
      brokenBy((chronicle) => {
        callWhere(chronicle, (call) => isSent(call) && requestOf(aftermath.size, call.ordinal).key === undefined).told =
          failed('RateExceeded');
      }),
    ).toEqual([TRUE]);
  });

  test('somebody who is left out of an answer, or called suppressed by nobody', () => {
    expect(
      brokenBy((chronicle) => {
        const call = callWhere(chronicle, isSent);
        if (call.told.kind === 'answer') call.told = { kind: 'answer', answer: { ...call.told.answer, sent: [] } };
      }),
    ).toContain(TRUE);
    expect(brokenBy(({ begun }) => begun.clear())).toEqual([TRUE]);
  });

  test('a mail while the tables were out', () => {
    expect(
      brokenBy((chronicle) => {
        const call = callWhere(chronicle, ({ inOutage }) => inOutage);
        call.told = { kind: 'killed' };
        call.arrived.push(['pat@target.example']);
      }),
    ).toContain(CLOSED);
  });

  test.each([
    ['that SES has reported on and that still says it does not know', true, 'OutcomeUnknown'],
    ['whose holder is dead and that says it is in progress', false, 'InProgress'],
  ] as const)('a key %s', (_, wasReported, code) => {
    const [ordinal, asked] = [...aftermath.asked].find(([, { isSettled }]) => isSettled === wasReported) ?? [];
    if (ordinal === undefined || asked === undefined) throw new Error('there is no such key in this storm');
    const error = { code, message: '', retryable: false, remedy: '' } as const;
    const call = { ...asked.call, told: { kind: 'error', error } as const };
    expect(brokenBy(() => undefined, new Map(aftermath.asked).set(ordinal, { ...asked, call }))).toEqual([KEYS]);
  });
});
