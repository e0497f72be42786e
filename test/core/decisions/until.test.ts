import * as v from 'valibot';
import { DEFAULT_POLICY, policySchema } from '../../../core/contract/index.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import { bounce, bounced, complaint, delivery, HAPPENED, PAT } from '../messages.ts';
import { verdictOf } from '../verdicts.ts';

const AT = Date.parse(HAPPENED);
const LABELLED = 'bounce+order-4711@simulator.amazonses.com';

const untilOf = (message: object, policy = DEFAULT_POLICY): number | null => verdictOf(message, policy).decision.until;
const softBounce = (status: string, type = 'Transient') => ({ type, recipients: [bounced(PAT, { status })] });

test.each([
  ['a hard bounce', {}, null],
  ['a hit on the account list', { subtype: 'OnAccountSuppressionList' }, null],
  ["a hit on SES's global list", { subtype: 'Suppressed' }, 14],
  ['an unlikely address', { subtype: 'EmailValidationSuppressed' }, 30],
  ['a dead address', softBounce('5.1.1'), null],
  ['a dead domain', softBounce('5.4.4'), 30],
  ['a strike alone', softBounce('4.2.2'), null],
  ['an auto-reply', { type: 'Transient', recipients: [{ emailAddress: PAT }] }, null],
])('%s ends after %s', (_name, options, days) => {
  expect(untilOf(bounce(options))).toBe(days === null ? null : AT + days * DAY);
});

test('the policy sets every period and status list', () => {
  const policy = v.parse(policySchema(), {
    globalListHoldDays: 2,
    validationHoldDays: 3,
    deadDomainHoldDays: 0.5,
    deadAddressStatuses: ['5.7.99'],
    deadDomainStatuses: ['5.1.1'],
    simulatorHoldHours: 6,
  });
  expect(untilOf(bounce({ subtype: 'Suppressed' }), policy)).toBe(AT + 2 * DAY);
  expect(untilOf(bounce({ subtype: 'EmailValidationSuppressed' }), policy)).toBe(AT + 3 * DAY);
  expect(untilOf(bounce(softBounce('5.1.1')), policy)).toBe(AT + DAY / 2);
  expect(verdictOf(bounce(softBounce('5.7.99')), policy).decision.rule).toBe('dead-address');
  expect(verdictOf(bounce(softBounce('5.1.3')), policy).decision.rule).toBe('soft-bounce');
  expect(untilOf(bounce({ recipients: [bounced(LABELLED)], mail: { destination: [LABELLED] } }), policy)).toBe(
    AT + 6 * HOUR,
  );
});

describe('a mailbox-simulator address', () => {
  const SIMULATORS = ['bounce@simulator.amazonses.com', LABELLED, 'Bounce@Simulator.AmazonSES.com'];
  const about = (emailAddress: string) => ({ recipients: [{ emailAddress }], mail: { destination: [emailAddress] } });

  test.each(SIMULATORS)('is blocked like any other, but for one hour: %s', (address) => {
    expect(verdictOf(bounce(about(address))).decision).toMatchObject({
      rule: 'hard-bounce',
      effect: 'suppress',
      until: AT + HOUR,
    });
    expect(untilOf(bounce({ ...about(address), subtype: 'Suppressed' }))).toBe(AT + HOUR);
    expect(untilOf(complaint(about(address)))).toBe(AT + HOUR);
  });

  test('has no end where nothing blocks', () => {
    const [strike] = [bounced('bounce@simulator.amazonses.com', { status: '4.2.2' })];
    const message = bounce({ ...about('bounce@simulator.amazonses.com'), type: 'Transient', recipients: [strike] });
    expect(verdictOf(message).decision).toMatchObject({ effect: 'strike', until: null });
    expect(untilOf(delivery({ recipients: ['success@simulator.amazonses.com'] }))).toBeNull();
    expect(untilOf(complaint({ ...about('complaint@simulator.amazonses.com'), feedbackType: 'not-spam' }))).toBeNull();
  });

  test.each([
    'bounce@simulator.amazonses.com.evil.example',
    'simulator.amazonses.com@evil.example',
    'a@xsimulator.amazonses.com',
  ])('is not one that only looks like it: %s', (address) => {
    expect(untilOf(bounce(about(address)))).toBeNull();
  });
});
