import { meaningOf } from '../../../core/import/reason-words.ts';

test.each([
  [
    'hard-bounce',
    'HardBounce hard-bounced hard Bounce bounces bounced Permanent permanent_fail invalid invalid_email BadEmailAddress',
  ],
  ['complaint', 'Complaint complaints complained SpamComplaint spam_report spam-reports spam abuse'],
  ['unsubscribe', 'unsubscribe unsubscribes Unsubscribed unsub opt-out'],
  ['manual', 'manual ManualSuppression custom blacklist blacklisted'],
  ['account-list', 'account-list'],
  ['no-suppression', 'SoftBounce soft Transient temporary block blocks blocked deferred deferral'],
  [undefined, 'whim constructor toString'],
])('takes for %s: %s', (meaning, words) => {
  expect(words.split(' ').map((word) => [word, meaningOf(word)])).toEqual(
    words.split(' ').map((word) => [word, meaning]),
  );
});
