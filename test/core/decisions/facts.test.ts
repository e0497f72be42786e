import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { factsOf } from '../../../core/decisions/facts.ts';
import type { Entry } from '../../../core/entry/entry.ts';
import {
  bounce,
  bounced,
  complaint,
  delay,
  delivery,
  FEEDBACK_ID,
  HAPPENED,
  MESSAGE_ID,
  PAT,
  preferences,
  subscription,
} from '../messages.ts';
import { verdictOf } from '../verdicts.ts';

const AT = Date.parse(HAPPENED);
const factsIn = (message: object, policy = DEFAULT_POLICY): Entry | undefined => {
  const { event, decision } = verdictOf(message, policy);
  return event === undefined ? undefined : factsOf(event, decision);
};

test('a bounce leaves one piece of evidence with what the server said', () => {
  expect(factsIn(bounce())).toStrictEqual({
    address: PAT,
    scope: '*',
    deliveries: [],
    evidence: [
      {
        id: `${FEEDBACK_ID}#${PAT}`,
        at: AT,
        rule: 'hard-bounce',
        reason: 'hard-bounce',
        type: 'Bounce',
        subtype: 'Permanent/General',
        status: '5.1.1',
        messageId: MESSAGE_ID,
        diagnostic: 'smtp; 550 5.1.1 user unknown',
      },
    ],
  });
});

test.each([
  ['a complaint by its feedback type', complaint(), 'abuse'],
  ['a complaint by its subtype first', complaint({ subtype: 'OnAccountSuppressionList' }), 'OnAccountSuppressionList'],
  ['a complaint that says neither', complaint({ feedbackType: null }), undefined],
  ['a bounce that says neither', bounce({ subtype: null, type: 'Permanent' }), 'Permanent/'],
  [
    'an unsubscribed recipient whose bounce has no type',
    bounce({ tags: { stream: ['news'] }, subtype: 'UnsubscribedRecipient', detail: { bounceType: undefined } }),
    '/UnsubscribedRecipient',
  ],
])('the subtype names %s', (_name, message, subtype) => {
  const piece = factsIn(message)?.evidence[0];
  expect(piece?.subtype).toBe(subtype);
  expect(piece !== undefined && 'subtype' in piece).toBe(subtype !== undefined);
});

test('a subscription change is kept in the scope of its topic', () => {
  const facts = factsIn(subscription(preferences({ offers: 'OptIn' }), preferences({ offers: 'OptOut' })));
  expect(facts).toMatchObject({ scope: 'offers', evidence: [{ reason: 'unsubscribe', subtype: 'OptOut' }] });
});

test('a lift is evidence of its own', () => {
  expect(factsIn(complaint({ feedbackType: 'not-spam' }))?.evidence).toMatchObject([{ reason: 'not-spam', at: AT }]);
});

test('a delivery leaves its time and mail, and no evidence', () => {
  expect(factsIn(delivery())).toEqual({
    address: PAT,
    scope: '*',
    evidence: [],
    deliveries: [{ at: AT, messageId: MESSAGE_ID }],
  });
});

test('a delivery of an unknown mail leaves an empty id', () => {
  expect(factsIn(delivery({ mail: { messageId: undefined } }))?.deliveries).toEqual([{ at: AT, messageId: '' }]);
});

test.each([
  ['a delay', delay()],
  ['an auto-reply', bounce({ type: 'Transient', recipients: [{ emailAddress: PAT }] })],
  ['an unsubscribe of nothing known', bounce({ subtype: 'UnsubscribedRecipient' })],
])('%s leaves nothing', (_name, message) => {
  expect(factsIn(message)).toBeUndefined();
});

test('what a stranger wrote is kept as one line, bounded', () => {
  const recipient = bounced('someone@else.example', {
    status: `5.1.1${'9'.repeat(300)}`,
    diagnosticCode: `smtp; 550\r\n${'d'.repeat(1000)}`,
  });
  const [piece] = factsIn(bounce({ subtype: 's'.repeat(500), recipients: [recipient] }))?.evidence ?? [];
  expect(piece?.diagnostic).toMatch(/^smtp; 550 d+$/);
  expect(piece?.diagnostic?.length).toBeLessThanOrEqual(200);
  expect(piece?.subtype).toHaveLength(64);
  expect(piece?.reported).toBe('someone@else.example');
});

test.each([
  ['5.1.1', '5.1.1'],
  ['5.1.1 (no such user)', '5.1.1'],
  ['5.12.345', '5.12.345'],
  ['15.1.1', undefined],
  ['5.1', undefined],
  ['5.1.1.1', undefined],
  ['call this number', undefined],
  [`5.1.1${'9'.repeat(300)}`, undefined],
])('of the status %j it keeps %j: nothing but a status code', (status, kept) => {
  expect(factsIn(bounce({ recipients: [bounced(PAT, { status })] }))?.evidence[0]?.status).toBe(kept);
});

test('what SES does not say leaves no attribute, not an undefined one, which no table takes', () => {
  const message = bounce({ recipients: [{ emailAddress: PAT }], mail: { messageId: undefined } });
  expect(factsIn(message)?.evidence).toStrictEqual([
    {
      id: `${FEEDBACK_ID}#${PAT}`,
      at: AT,
      rule: 'hard-bounce',
      reason: 'hard-bounce',
      type: 'Bounce',
      subtype: 'Permanent/General',
    },
  ]);
});

test('no period and no end is kept: a later policy decides about them anew', () => {
  const facts = JSON.stringify(factsIn(bounce({ subtype: 'Suppressed' })));
  expect(facts).not.toMatch(/until|days/i);
});
