import { bounce, FAMILIES, MESSAGE_ID, PAT } from '../messages.ts';
import { verdictOf } from '../verdicts.ts';

const OPTIONAL = [
  'headers',
  'commonHeaders',
  'headersTruncated',
  'source',
  'sourceArn',
  'sendingAccountId',
  'destination',
];

describe.each(FAMILIES)('a message named by %s', (family) => {
  test.each(OPTIONAL)('without mail.%s still tells all the rest', (field) => {
    const { event } = verdictOf(bounce({ family, mail: { [field]: undefined } }));
    expect(event).toMatchObject({ recipient: PAT, messageId: MESSAGE_ID });
    const parsed = JSON.parse(JSON.stringify(bounce({ family, mail: { [field]: undefined } })));
    expect(field in parsed.mail).toBe(false);
    expect(verdictOf(parsed).event).toEqual(event);
  });

  test.each(
    [...OPTIONAL, 'tags', 'timestamp'].flatMap((field) => [
      [field, 7],
      [field, 'text'],
      [field, null],
      [field, {}],
    ]),
  )('with mail.%s = %j still tells which mail it was', (field, value) => {
    expect(verdictOf(bounce({ family, mail: { [String(field)]: value } })).event?.messageId).toBe(MESSAGE_ID);
  });

  test.each(['reportingMTA', 'remoteMtaIp', 'feedbackId', 'timestamp'])(
    'without bounce.%s is still a hard bounce',
    (field) => {
      const message = JSON.parse(JSON.stringify(bounce({ family, detail: { [field]: undefined } })));
      expect(verdictOf(message).decision.rule).toBe('hard-bounce');
    },
  );

  test('whose recipient has no address is judged by what it has, against the only destination', () => {
    const recipients = [{ action: 'delayed', status: '4.0.0' }];
    const { address, decision } = verdictOf(bounce({ family, recipients }));
    expect([address, decision.rule]).toEqual([PAT, 'delayed-recipient']);
  });

  test('with nothing but its type and an address is believed', () => {
    const message = {
      [family]: 'Bounce',
      mail: { timestamp: '2026-01-02T03:04:05Z' },
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: PAT }] },
    };
    expect(verdictOf(message)).toMatchObject({ address: PAT, decision: { rule: 'hard-bounce' } });
  });
});

test('a destination that is no list costs nothing of what else the mail tells', () => {
  const { event } = verdictOf(bounce({ tags: { stream: ['receipts'] }, mail: { destination: 'pat@target.example' } }));
  expect(event).toMatchObject({ stream: 'receipts', messageId: MESSAGE_ID });
});
