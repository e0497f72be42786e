import type { BlockingReason } from '../../core/entry/entry.ts';

/** One address of SES's mailbox simulator, and what the list must say of it afterwards. */
export interface Role {
  /** Before the label. */
  readonly name: 'bounce' | 'complaint' | 'suppressionlist' | 'success';
  /** The reason it must be blocked for; null: it must stay free. */
  readonly reason: BlockingReason | null;
}

/** Everybody who is mailed, in order; who must stay free comes last, as that is proven by the others. */
export const CAST: readonly Role[] = [
  { name: 'bounce', reason: 'hard-bounce' },
  { name: 'complaint', reason: 'complaint' },
  { name: 'suppressionlist', reason: 'global-list' },
  { name: 'success', reason: null },
];

/** @example simulatorAddress('bounce', 'smoke-1') // 'bounce+smoke-1@simulator.amazonses.com' */
export const simulatorAddress = (name: Role['name'], label: string): string =>
  `${name}+${label}@simulator.amazonses.com`;
