/** Reasons that block, in the order of the commands: the strongest first. */
export const REASONS = [
  'complaint',
  'hard-bounce',
  'account-list',
  'tenant-list',
  'manual',
  'unsubscribe',
  'global-list',
  'validation',
  'dead-domain',
  'soft-bounce',
] as const;

export type Reason = (typeof REASONS)[number];
