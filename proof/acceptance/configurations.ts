/** What stands under `context.suppressor`, as far as it is looked at here. */
export interface Configuration {
  readonly domains?: readonly { readonly name: string }[];
  readonly [setting: string]: unknown;
}

/** Everything on that can be, as a user would write it under `context.suppressor`. */
export const FIRST = {
  senders: ['@ledger.example', '@target.example'],
  identities: ['ledger.example'],
  domains: [{ name: 'target.example', mailFrom: 'bounces.target.example' }],
  unsubscribe: true,
  queue: { maxConcurrency: 2 },
  alarms: { emails: ['oncall@ledger.example'] },
  circuitBreaker: { minimumVolume: 1000 },
} as const;

/** The same with another policy. */
export const UPDATED = { ...FIRST, policy: { simulatorHoldHours: 2 } } as const;

/**
 * Another stack over the table that one left behind. The domain it has made is there now, so it is an identity like
 * any other.
 */
export const adopting = (table: string): Configuration => {
  const { domains, ...rest } = UPDATED;
  return { ...rest, identities: domains.map(({ name }) => name), table: { name: table } };
};
