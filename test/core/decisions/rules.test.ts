import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { decide, ruleOf } from '../../../core/decisions/decide.ts';
import { RULES } from '../../../core/decisions/rules.ts';
import { delay } from '../messages.ts';
import { verdictOf } from '../verdicts.ts';

test('the rows stand in the order in which the first that fits decides', () => {
  expect(RULES.map((rule) => rule.id)).toEqual([
    'not-bounced',
    'not-spam',
    'listed-complaint',
    'tenant-listed',
    'complaint',
    'unsubscribed',
    'listed-account',
    'listed-global',
    'unlikely-address',
    'delayed-recipient',
    'hard-bounce',
    'message-fault',
    'dead-address',
    'dead-domain',
    'auto-reply',
    'soft-bounce',
    'opted-in',
    'delivered',
    'other',
  ]);
});

test.each(RULES.map((rule) => [rule.id, rule] as const))(
  '%s says why, cites its source and can be found',
  (id, rule) => {
    expect(rule.because).toMatch(/^\S.*[^.]$/);
    expect(rule.source).toMatch(/^(?:Amazon SES Developer Guide, |RFC \d{4} section)/);
    expect(ruleOf(id)).toBe(rule);
  },
);

test('a name that is no row has none', () => {
  expect(ruleOf('foreign-recipient')).toBeUndefined();
});

test('deciding looks at the event alone: the same event gives the same decision', () => {
  const { event, decision } = verdictOf(delay());
  if (event === undefined) throw new Error('a delay is about a recipient');
  expect(decide(event, DEFAULT_POLICY)).toEqual(decision);
});
