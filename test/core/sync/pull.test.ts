import type { AccountListed } from '../../../core/account-list/account-list.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Entry, emptyEntry } from '../../../core/entry/entry.ts';
import { planPull } from '../../../core/sync/pull.ts';
import { forAccountList } from '../../../core/sync/push.ts';
import { evidenceOf, keyOf } from '../../adapters/samples.ts';

const AT = Date.UTC(2026, 5, 1);
const LISTED: AccountListed = { given: 'Pat@Target.example', reason: 'COMPLAINT', updatedAt: AT };
const EMPTY = emptyEntry(keyOf('pat'));

const plan = (known?: Entry, listed = LISTED) => planPull(listed, known, 'eu-west-1', DEFAULT_POLICY);

test('blocks what SES lists and this list does not know, with SES’s time and reason', () => {
  expect(plan()).toEqual({
    kind: 'pull',
    address: 'pat@target.example',
    fact: {
      ...EMPTY,
      evidence: [
        {
          id: `account-list:eu-west-1:${AT}#pat@target.example`,
          at: AT,
          rule: 'listed-account',
          reason: 'account-list',
          type: 'Import',
          subtype: 'COMPLAINT',
        },
      ],
    },
  });
});

test.each<[string, string, Entry]>([
  ['is blocked for good', 'known', { ...EMPTY, evidence: [evidenceOf('hard-bounce', AT)] }],
  ['is held for a time only', 'pull', { ...EMPTY, evidence: [evidenceOf('global-list', AT)] }],
  ['has strikes only', 'pull', { ...EMPTY, evidence: [evidenceOf('soft-bounce', AT)] }],
  ['was removed before SES listed it', 'pull', { ...EMPTY, clearedAt: AT - 1 }],
  ['was removed when SES listed it', 'removed-here', { ...EMPTY, clearedAt: AT }],
  ['was removed after SES listed it', 'removed-here', { ...EMPTY, clearedAt: AT + 1 }],
  ['is allowed', 'allowed-here', { ...EMPTY, operator: { action: 'allow', at: AT - 1, by: 'pat', note: '' } }],
])('of one that %s: %s', (_, kind, known) => {
  expect(plan(known).kind).toBe(kind);
});

test.each(['bounce@simulator.amazonses.com', 'no address', 'a@b@c.example'])('leaves %s alone', (given) => {
  expect(plan(undefined, { ...LISTED, given }).kind).toBe('ignored');
});

test.each<[string, Entry, string | undefined]>([
  ['a hard bounce', { ...EMPTY, evidence: [evidenceOf('hard-bounce', AT)] }, 'BOUNCE'],
  ['a complaint', { ...EMPTY, evidence: [evidenceOf('complaint', AT), evidenceOf('hard-bounce', AT)] }, 'COMPLAINT'],
  ['what SES lists', { ...EMPTY, evidence: [evidenceOf('account-list', AT)] }, undefined],
  ['an unsubscribe', { ...EMPTY, scope: 'newsletter', evidence: [evidenceOf('unsubscribe', AT)] }, undefined],
  ['a complaint in one stream', { ...EMPTY, scope: 'newsletter', evidence: [evidenceOf('complaint', AT)] }, undefined],
  ['a hold', { ...EMPTY, evidence: [evidenceOf('dead-domain', AT)] }, undefined],
  ['what a person blocked', { ...EMPTY, operator: { action: 'add', at: AT, by: '', note: '' } }, undefined],
  ['a removed bounce', { ...EMPTY, evidence: [evidenceOf('hard-bounce', AT)], clearedAt: AT }, undefined],
  [
    'an allowed bounce',
    { ...EMPTY, evidence: [evidenceOf('hard-bounce', AT)], operator: { action: 'allow', at: AT, by: '', note: '' } },
    undefined,
  ],
])('puts %s on SES’s list as it should', (_, entry, reason) => {
  expect(forAccountList(entry, derive(entry, DEFAULT_POLICY))?.reason).toBe(reason);
});

test('puts no simulator address on SES’s list', () => {
  const standing = { status: 'suppressed', reason: 'hard-bounce' } as const;
  const { address } = keyOf('pat');
  expect(forAccountList({ address, scope: '*' }, standing)).toEqual({ address, reason: 'BOUNCE' });
  const simulator = 'bounce@simulator.amazonses.com' as typeof address;
  expect(forAccountList({ address: simulator, scope: '*' }, standing)).toBeUndefined();
});
