import { isFamiliarType, unfamiliarBounce } from '../../../core/feedback/familiar.ts';
import { bounce, complaint } from '../messages.ts';
import { verdictOf } from '../verdicts.ts';

const unfamiliar = (type: string | undefined, subtype: string | undefined): string | undefined => {
  const { event } = verdictOf(bounce({ detail: { bounceType: type, bounceSubType: subtype } }));
  if (event === undefined) throw new Error('no event');
  return unfamiliarBounce(event);
};

test.each([
  'Undetermined/Undetermined',
  'Permanent/General',
  'Permanent/NoEmail',
  'Permanent/Suppressed',
  'Permanent/OnAccountSuppressionList',
  'Permanent/OnTenantSuppressionList',
  'Permanent/UnsubscribedRecipient',
  'Permanent/EmailValidationSuppressed',
  'Transient/General',
  'Transient/MailboxFull',
  'Transient/MessageTooLarge',
  'Transient/ContentRejected',
  'Transient/AttachmentRejected',
  'Transient/CustomTimeoutExceeded',
])('a bounce of %s is documented', (name) => {
  const [type, subtype] = name.split('/');
  expect(unfamiliar(type, subtype)).toBeUndefined();
});

test.each([
  ['Permanent', 'NewIn2031', 'Permanent/NewIn2031'],
  ['NewIn2031', 'General', 'NewIn2031/General'],
  ['Permanent', undefined, 'Permanent/'],
  [undefined, 'General', '/General'],
])('a bounce of type %p and subtype %p is named', (type, subtype, name) => {
  expect(unfamiliar(type, subtype)).toBe(name);
});

test('what is no bounce has no such name', () => {
  const { event } = verdictOf(complaint({ subtype: 'NewIn2031' }));
  expect(event && unfamiliarBounce(event)).toBeUndefined();
});

test('the types that SES documents are familiar, others are not', () => {
  expect(['Bounce', 'Send', 'Rendering Failure', 'bounce', 'NewIn2031', ''].filter(isFamiliarType)).toEqual([
    'Bounce',
    'Send',
    'Rendering Failure',
  ]);
});
