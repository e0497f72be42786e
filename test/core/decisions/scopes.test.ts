import { bounce, FAMILIES, type Fields, type MessageOptions, mailOf, PAT } from '../messages.ts';
import { summary, verdictOf } from '../verdicts.ts';

const withHeader = (value: unknown, name = 'X-SES-LIST-MANAGEMENT-OPTIONS'): Fields => ({
  headers: [...(mailOf({}).headers as object[]), { name, value }],
});
const NEWS = { tags: { stream: ['newsletter'] } };

describe('a bounce of an unsubscribed recipient', () => {
  test.each<[string, MessageOptions, string]>([
    ['the topic of the header', { mail: withHeader('customers; topic=offers') }, 'offers'],
    ['the topic, not the stream', { ...NEWS, mail: withHeader('customers; topic=offers') }, 'offers'],
    ['a quoted topic', { mail: withHeader('customers; topic="offers"') }, 'offers'],
    ['a topic without blanks around it', { mail: withHeader('customers;topic=offers') }, 'offers'],
    ['a topic in the longer spelling', { mail: withHeader('customers; topicName=offers') }, 'offers'],
    ['a topic among other options', { mail: withHeader('customers; x=y; TOPIC = offers ; z') }, 'offers'],
    ['a header in lower case', { mail: withHeader('l; topic=offers', 'x-ses-list-management-options') }, 'offers'],
    ['the stream without a header', NEWS, 'newsletter'],
    ['the stream where the header names no topic', { ...NEWS, mail: withHeader('customers') }, 'newsletter'],
    ['the stream where the topic is no name', { ...NEWS, mail: withHeader('customers; topic=*') }, 'newsletter'],
    ['the stream where the header is no text', { ...NEWS, mail: withHeader(['l; topic=x']) }, 'newsletter'],
    ['the stream where the topic has no value', { ...NEWS, mail: withHeader('customers; topic') }, 'newsletter'],
    ['the stream where the list is called topic', { ...NEWS, mail: withHeader('topic=offers') }, 'newsletter'],
    ['the stream with another option', { ...NEWS, mail: withHeader('l; xtopic=a; topics=b') }, 'newsletter'],
    ['the stream where quotes do not pair', { ...NEWS, mail: withHeader('l; topic=x"offers"') }, 'newsletter'],
    ['the stream where more follows quotes', { ...NEWS, mail: withHeader('l; topic="offers"x') }, 'newsletter'],
    ['the stream where headers are no list', { ...NEWS, mail: { headers: 'none' } }, 'newsletter'],
    ['the stream where headers hold rubbish', { ...NEWS, mail: { headers: [null, 7, {}, 'x'] } }, 'newsletter'],
  ])('is suppressed within %s', (_name, options, scope) => {
    expect(summary(verdictOf(bounce({ ...options, subtype: 'UnsubscribedRecipient' })))).toEqual({
      address: PAT,
      rule: 'unsubscribed',
      effect: 'suppress',
      reason: 'unsubscribe',
      scope,
    });
  });

  test.each(FAMILIES)('does nothing where neither topic nor stream is known, named by %s', (family) => {
    const found = verdictOf(bounce({ family, subtype: 'UnsubscribedRecipient' }));
    expect(summary(found)).toMatchObject({ rule: 'unsubscribed', effect: 'none', reason: 'unsubscribe', scope: null });
  });

  test('is no hard bounce, whatever type SES gives it', () => {
    const found = verdictOf(bounce({ ...NEWS, type: 'Transient', subtype: 'UnsubscribedRecipient' }));
    expect(summary(found)).toMatchObject({ rule: 'unsubscribed', scope: 'newsletter' });
  });
});

test('a bounce of another kind is about no topic', () => {
  const { event } = verdictOf(bounce({ mail: withHeader('customers; topic=offers') }));
  expect(event).toMatchObject({ type: 'Bounce', topic: undefined });
});

describe("a bounce off a tenant's list", () => {
  const listed = (tenant: unknown) =>
    verdictOf(bounce({ subtype: 'OnTenantSuppressionList', mail: { tags: { 'ses:tenant-name': tenant } } }));

  test('is suppressed within that tenant', () => {
    const { address, ...rest } = summary(listed(['acme']));
    expect(rest).toEqual({
      rule: 'tenant-listed',
      effect: 'suppress',
      reason: 'tenant-list',
      scope: 'tenant:acme',
    });
    expect(address).toBe(PAT);
  });

  test.each([[undefined], [[]], ['acme'], [['a b']], [['x'.repeat(257)]], [[7]]])(
    'does nothing with the tag %j',
    (tag) => {
      expect(summary(listed(tag))).toMatchObject({ rule: 'tenant-listed', effect: 'none', scope: null });
    },
  );
});

test.each([
  ['a hard bounce', {}],
  ['a hit on the account list', { subtype: 'OnAccountSuppressionList' }],
  ['a soft bounce', { type: 'Transient', subtype: 'MailboxFull' }],
])('%s acts everywhere, whatever the mail is tagged with', (_name, options) => {
  const tags = { stream: ['newsletter'], 'ses:tenant-name': ['acme'] };
  expect(verdictOf(bounce({ ...options, tags })).decision.scope).toBe('*');
});
