import type { Pausable } from '../../core/breaker/sending.ts';

/** What a command is about. */
export const pausableOf = (
  { configurationSet }: { readonly configurationSet: string },
  { account }: { readonly account?: true },
): Pausable => (account ? { kind: 'account' } : { kind: 'configuration-set', name: configurationSet });
