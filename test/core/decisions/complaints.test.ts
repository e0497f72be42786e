import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { complaint, FAMILIES, PAT, SAM } from '../messages.ts';
import { summary, verdictOf, verdictsOf } from '../verdicts.ts';

const TENANT = { 'ses:tenant-name': ['acme'] };
const TWO = { recipients: [{ emailAddress: PAT }, { emailAddress: SAM }], mail: { destination: [PAT, SAM] } };

describe.each(FAMILIES)('a complaint named by %s', (family) => {
  test.each(['abuse', 'auth-failure', 'fraud', 'virus', 'other', 'new-in-2031', '', null, undefined, 7])(
    'of feedback type %p suppresses everywhere',
    (feedbackType) => {
      const found = verdictOf(complaint({ family, feedbackType }));
      expect(summary(found)).toEqual({
        address: PAT,
        rule: 'complaint',
        effect: 'suppress',
        reason: 'complaint',
        scope: '*',
      });
    },
  );

  test.each([null, undefined, '', 'NewIn2031'])('of subtype %p is a complaint like any other', (complaintSubType) => {
    expect(verdictOf(complaint({ family, detail: { complaintSubType } })).decision.rule).toBe('complaint');
  });

  test.each(['not-spam', 'Not-Spam', ' not-spam '])('of feedback type %p lifts', (feedbackType) => {
    const found = verdictOf(complaint({ family, feedbackType }));
    expect(summary(found)).toEqual({ address: PAT, rule: 'not-spam', effect: 'lift', reason: 'not-spam', scope: '*' });
  });

  test('of feedback type not-spam about two people does nothing, because one of them did not say so', () => {
    const found = verdictsOf(complaint({ family, feedbackType: 'not-spam', ...TWO }));
    expect(found.map(summary)).toEqual(
      [PAT, SAM].map((address) => ({
        address,
        rule: 'not-spam',
        effect: 'none',
        reason: 'not-spam',
        scope: null,
      })),
    );
  });

  test('about two people suppresses both', () => {
    const found = verdictsOf(complaint({ family, ...TWO }));
    expect(found.map((v) => [v.address, v.decision.effect])).toEqual([
      [PAT, 'suppress'],
      [SAM, 'suppress'],
    ]);
  });

  test('of subtype OnAccountSuppressionList is a hit on a list, not a new complaint', () => {
    const found = verdictOf(complaint({ family, subtype: 'OnAccountSuppressionList' }));
    expect(summary(found)).toMatchObject({
      rule: 'listed-complaint',
      effect: 'suppress',
      reason: 'account-list',
      scope: '*',
    });
  });

  test('of subtype OnAccountSuppressionList that says not-spam lifts: the first row that fits decides', () => {
    const found = verdictOf(complaint({ family, subtype: 'OnAccountSuppressionList', feedbackType: 'not-spam' }));
    expect(found.decision.rule).toBe('not-spam');
  });

  test('of subtype OnTenantSuppressionList without a tenant tag does nothing', () => {
    const found = verdictOf(complaint({ family, subtype: 'OnTenantSuppressionList' }));
    expect(summary(found)).toMatchObject({ rule: 'tenant-listed', effect: 'none', reason: 'tenant-list', scope: null });
  });

  test('has no end', () => {
    expect(verdictOf(complaint({ family })).decision.until).toBeNull();
  });
});

test('a complaint of subtype OnTenantSuppressionList suppresses within the tenant of its tag', () => {
  const found = verdictOf(complaint({ subtype: 'OnTenantSuppressionList', tags: TENANT }));
  expect(summary(found)).toMatchObject({ effect: 'suppress', reason: 'tenant-list', scope: 'tenant:acme' });
});

describe('the scope of a complaint', () => {
  const STREAM = { ...DEFAULT_POLICY, complaintScope: 'stream' as const };
  const inNews = { tags: { stream: ['newsletter'] } };

  test.each([
    ['everywhere by default, also for mail of a stream', DEFAULT_POLICY, inNews, '*'],
    ['the stream if the policy says so', STREAM, inNews, 'newsletter'],
    ['everywhere where the mail names no stream', STREAM, {}, '*'],
    ['everywhere where the stream is no name', STREAM, { tags: { stream: ['*'] } }, '*'],
    ['everywhere where the stream is empty', STREAM, { tags: { stream: [] } }, '*'],
    [
      'everywhere for identity notifications, which carry no tags',
      STREAM,
      { family: 'notificationType' as const },
      '*',
    ],
  ])('is %s, and a correction lifts in the same scope', (_name, policy, options, scope) => {
    expect(verdictOf(complaint(options), policy).decision.scope).toBe(scope);
    expect(verdictOf(complaint({ ...options, feedbackType: 'not-spam' }), policy).decision.scope).toBe(scope);
  });

  test('stays everywhere for a hit on the account list, whatever the policy says', () => {
    const listed = complaint({ ...inNews, subtype: 'OnAccountSuppressionList' });
    expect(verdictOf(listed, STREAM).decision.scope).toBe('*');
  });
});
