import * as v from 'valibot';
import { DEFAULT_POLICY, policySchema } from '../../core/contract/index.ts';

test('has the written defaults where nothing is given', () => {
  expect(v.parse(policySchema(), {})).toEqual(DEFAULT_POLICY);
});

test.each([
  ['an unknown setting', { holdDays: 3 }],
  ['a hold of no days', { globalListHoldDays: 0 }],
  ['a hold that is no number', { globalListHoldDays: Number.NaN }],
  ['a status that is no code', { deadAddressStatuses: ['5.1'] }],
  ['a status with more before it', { deadAddressStatuses: ['15.1.1'] }],
  ['a status with more after it', { deadDomainStatuses: ['5.1.1234'] }],
  ['a step reached twice', { softBounceSteps: [1, 1].map((strikes) => ({ strikes, holdDays: 1 })) }],
  ['an unknown scope', { complaintScope: 'everywhere' }],
  [
    'steps out of order',
    {
      softBounceSteps: [
        { strikes: 4, holdDays: 1 },
        { strikes: 3, holdDays: 2 },
      ],
    },
  ],
  ['a step beyond what an entry remembers', { softBounceSteps: [{ strikes: 13, holdDays: 1 }] }],
])('refuses %s', (_name, policy) => {
  expect(v.safeParse(policySchema(), policy).success).toBe(false);
});

test('takes steps without end and steps of hours', () => {
  const softBounceSteps = [
    { strikes: 1, holdDays: 0.25 },
    { strikes: 2, holdDays: null },
  ];
  expect(v.parse(policySchema(), { softBounceSteps })).toEqual({ ...DEFAULT_POLICY, softBounceSteps });
});

test('takes a status of three digits, and to send without the list', () => {
  const policy = { deadAddressStatuses: ['5.100.123'], whenListUnavailable: 'send' as const };
  expect(v.parse(policySchema(), policy)).toEqual({ ...DEFAULT_POLICY, ...policy });
});

test.each([
  [{ globalListHoldDays: 0 }, 'expected a number of days from 0.001 to 3650'],
  [{ simulatorHoldHours: 8761 }, 'expected a number of hours from 0.001 to 8760'],
])('says of %p what it wants', (policy, wanted) => {
  expect(v.safeParse(policySchema(), policy).issues?.map(({ message }) => message)).toEqual([wanted]);
});
