/** What the rules of the decision table leave open; periods in days or hours. */
export interface Policy {
  /** Where a complaint blocks: `*` is every kind of mail, `stream` only the stream of the mail complained about. */
  readonly complaintScope: '*' | 'stream';
  /** Days a hit on SES's global list holds an address. */
  readonly globalListHoldDays: number;
  /** Days SES's address validation holds an address. */
  readonly validationHoldDays: number;
  /** Days a missing domain holds an address. */
  readonly deadDomainHoldDays: number;
  /** Status codes that prove a dead address although SES called the bounce Transient or Undetermined. */
  readonly deadAddressStatuses: readonly string[];
  /** Status codes that say the domain is missing. */
  readonly deadDomainStatuses: readonly string[];
  /** Days before the newest strike in which older strikes count. */
  readonly softBounceWindowDays: number;
  /** Strike days and the hold each count brings, ascending, at most 12; a hold of `null` days has no end. */
  readonly softBounceSteps: readonly { readonly strikes: number; readonly holdDays: number | null }[];
  /** Hours that anything about a mailbox-simulator address lasts. */
  readonly simulatorHoldHours: number;
  /** What a send does when the list cannot be read: `refuse` it (fail closed) or `send` it unchecked. */
  readonly whenListUnavailable: 'refuse' | 'send';
}

/** What may be written in a configuration: any subset of {@link Policy}. */
export type PolicyInput = Partial<Policy>;

/** The policy with every default. Written out, not parsed from the schema: functions start with it. */
export const DEFAULT_POLICY: Policy = {
  complaintScope: '*',
  globalListHoldDays: 14,
  validationHoldDays: 30,
  deadDomainHoldDays: 30,
  deadAddressStatuses: ['5.1.1', '5.1.3', '5.1.6', '5.1.10'],
  deadDomainStatuses: ['5.1.2', '5.4.4'],
  softBounceWindowDays: 90,
  softBounceSteps: [
    { strikes: 3, holdDays: 7 },
    { strikes: 4, holdDays: 14 },
    { strikes: 5, holdDays: 30 },
    { strikes: 6, holdDays: null },
  ],
  simulatorHoldHours: 1,
  whenListUnavailable: 'refuse',
};
