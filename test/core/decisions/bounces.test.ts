import { bounce, bounced, FAMILIES, PAT } from '../messages.ts';
import { summary, verdictOf, verdictsOf } from '../verdicts.ts';

type Row = readonly [type: string, subtype: string, recipient: object, rule: string, effect: string, reason: string];

const DSN_LESS = { action: undefined, status: undefined, diagnosticCode: undefined };
const SOFT = { status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 mailbox full' };

/** Every row of the table that acts everywhere, with each subtype SES documents and some it does not. */
const EVERYWHERE: readonly Row[] = [
  ['Permanent', 'General', {}, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'NoEmail', {}, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'NewIn2031', {}, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', '', {}, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'General', { status: '' }, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'General', DSN_LESS, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'General', { status: '5.7.1' }, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'General', { status: '5.4.4' }, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'MessageTooLarge', {}, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'OnAccountSuppressionList', {}, 'listed-account', 'suppress', 'account-list'],
  ['Permanent', 'Suppressed', {}, 'listed-global', 'hold', 'global-list'],
  ['Permanent', 'EmailValidationSuppressed', DSN_LESS, 'unlikely-address', 'hold', 'validation'],
  ['Permanent', 'General', { action: 'delayed', status: '4.0.0' }, 'delayed-recipient', 'strike', 'soft-bounce'],
  ['Permanent', 'General', { action: 'Delayed', status: undefined }, 'delayed-recipient', 'strike', 'soft-bounce'],
  ['Permanent', 'General', { status: '4.4.7' }, 'delayed-recipient', 'strike', 'soft-bounce'],
  ['Permanent', 'NewIn2031', { status: '4.4.7 (expired)' }, 'delayed-recipient', 'strike', 'soft-bounce'],
  ['Permanent', 'General', { status: '4.4' }, 'delayed-recipient', 'strike', 'soft-bounce'],
  ['Permanent', 'General', { status: '4.44' }, 'delayed-recipient', 'strike', 'soft-bounce'],
  ['Permanent', 'General', { status: '4.44.777' }, 'delayed-recipient', 'strike', 'soft-bounce'],
  ['Permanent', 'General', { status: '4.4.7.1' }, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'General', { status: '14.4.7' }, 'hard-bounce', 'suppress', 'hard-bounce'],
  ['Permanent', 'OnAccountSuppressionList', { status: '4.0.0' }, 'listed-account', 'suppress', 'account-list'],
  ['Transient', 'General', { status: '5.1.1' }, 'dead-address', 'suppress', 'hard-bounce'],
  ['Transient', 'General', { status: '5.1.3' }, 'dead-address', 'suppress', 'hard-bounce'],
  ['Transient', 'MailboxFull', { status: '5.1.6' }, 'dead-address', 'suppress', 'hard-bounce'],
  ['Undetermined', 'Undetermined', { status: '5.1.10' }, 'dead-address', 'suppress', 'hard-bounce'],
  ['Transient', 'General', { status: '5.1.1 (no such user)' }, 'dead-address', 'suppress', 'hard-bounce'],
  ['Transient', 'General', { status: ' 5.1.1 ' }, 'dead-address', 'suppress', 'hard-bounce'],
  ['Transient', 'General', { status: '5.1.2' }, 'dead-domain', 'hold', 'dead-domain'],
  ['Undetermined', 'Undetermined', { status: '5.4.4' }, 'dead-domain', 'hold', 'dead-domain'],
  ['Transient', 'General', SOFT, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'MailboxFull', SOFT, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'MailboxFull', DSN_LESS, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'NewIn2031', DSN_LESS, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'General', { ...DSN_LESS, action: 'failed' }, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'General', { ...DSN_LESS, status: '4.0.0' }, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'General', { ...DSN_LESS, diagnosticCode: 'smtp; 421' }, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'General', { status: '5.3.0' }, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'General', { status: '5.2.2' }, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'General', { status: '5.1.11' }, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Undetermined', 'Undetermined', { status: '5.0.0' }, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Undetermined', 'Undetermined', DSN_LESS, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Undetermined', 'General', DSN_LESS, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'OnAccountSuppressionList', SOFT, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'Suppressed', SOFT, 'soft-bounce', 'strike', 'soft-bounce'],
  ['Transient', 'EmailValidationSuppressed', SOFT, 'soft-bounce', 'strike', 'soft-bounce'],
];

/** Rows that leave no trace. */
const NOTHING: readonly Row[] = [
  ['Permanent', 'General', { action: 'delivered', status: '2.0.0' }, 'not-bounced', 'none', 'not-bounced'],
  ['Permanent', 'OnAccountSuppressionList', { action: 'relayed' }, 'not-bounced', 'none', 'not-bounced'],
  ['Transient', 'General', { action: 'expanded' }, 'not-bounced', 'none', 'not-bounced'],
  ['Permanent', 'General', { action: ' Delivered ' }, 'not-bounced', 'none', 'not-bounced'],
  ['Transient', 'General', DSN_LESS, 'auto-reply', 'none', 'auto-reply'],
  ['Transient', 'General', { action: '', status: '', diagnosticCode: '' }, 'auto-reply', 'none', 'auto-reply'],
  ['Transient', 'MessageTooLarge', { status: '5.3.4' }, 'message-fault', 'none', 'message-fault'],
  ['Transient', 'ContentRejected', { status: '5.1.1' }, 'message-fault', 'none', 'message-fault'],
  ['Transient', 'AttachmentRejected', {}, 'message-fault', 'none', 'message-fault'],
  ['Transient', 'CustomTimeoutExceeded', {}, 'message-fault', 'none', 'message-fault'],
  ['Undetermined', 'CustomTimeoutExceeded', {}, 'message-fault', 'none', 'message-fault'],
  ['NewIn2031', 'General', {}, 'other', 'none', 'Bounce'],
  ['NewIn2031', 'General', { status: '5.4.4' }, 'other', 'none', 'Bounce'],
  ['NewIn2031', 'General', { action: 'delayed', status: '4.0.0' }, 'other', 'none', 'Bounce'],
  ['', '', {}, 'other', 'none', 'Bounce'],
];

describe.each(FAMILIES)('a bounce named by %s', (family) => {
  test.each(EVERYWHERE)('of %s/%s with %j is a %s and acts everywhere', (type, subtype, over, rule, effect, reason) => {
    const found = verdictOf(bounce({ family, type, subtype, recipients: [bounced(PAT, { ...over })] }));
    expect(summary(found)).toEqual({ address: PAT, rule, effect, reason, scope: '*' });
  });

  test.each(NOTHING)('of %s/%s with %j is %s and leaves no trace', (type, subtype, over, rule, effect, reason) => {
    const found = verdictOf(bounce({ family, type, subtype, recipients: [bounced(PAT, { ...over })] }));
    expect(summary(found)).toEqual({ address: PAT, rule, effect, reason, scope: null });
  });

  test('judges each recipient by its own status, so that a mail one server still tries to deliver is no hard bounce', () => {
    const recipients = [
      bounced('dead@target.example', { action: 'failed', status: '5.0.0' }),
      bounced('slow@target.example', { action: 'delayed', status: '4.0.0' }),
      bounced('fine@target.example', { action: 'delivered', status: '2.0.0' }),
    ];
    const destination = ['dead@target.example', 'slow@target.example', 'fine@target.example', PAT];
    const found = verdictsOf(bounce({ family, recipients, mail: { destination } }));
    expect(found.map(({ address, decision }) => [address, decision.effect])).toEqual([
      ['dead@target.example', 'suppress'],
      ['slow@target.example', 'strike'],
      ['fine@target.example', 'none'],
    ]);
  });

  test('says nothing about a recipient who did not bounce, whoever else the mail went to', () => {
    const destination = ['first@target.example', PAT, 'last@target.example'];
    expect(verdictsOf(bounce({ family, mail: { destination } })).map((v) => v.address)).toEqual([PAT]);
  });

  test.each([
    ['a number as type', { bounceType: 7 }, 'other'],
    ['no type', { bounceType: undefined }, 'other'],
    ['null as subtype', { bounceSubType: null }, 'hard-bounce'],
    ['no subtype', { bounceSubType: undefined }, 'hard-bounce'],
    ['fields nobody knows', { remoteMtaIp: {}, extra: [1, { deep: true }] }, 'hard-bounce'],
  ])('bears %s', (_name, detail, rule) => {
    expect(verdictOf(bounce({ family, detail })).decision.rule).toBe(rule);
  });

  test.each([
    ['only the address', { emailAddress: PAT }],
    ['a status that is no text', bounced(PAT, { status: 5, action: null, diagnosticCode: ['x'] })],
    ['fields nobody knows', bounced(PAT, { remoteMta: { ip: '192.0.2.1' } })],
  ])('is a hard bounce with a recipient of %s', (_name, recipient) => {
    expect(verdictOf(bounce({ family, recipients: [recipient] })).decision.rule).toBe('hard-bounce');
  });
});
