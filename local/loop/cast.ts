/** One simulator address of the closed loop, and what the list must say about it afterwards. */
export interface Role {
  readonly address: string;
  /** The reason it must be blocked for; `null` when it must stay free to mail. */
  readonly reason: string | null;
}

const at = (name: string): string => `${name}+1@simulator.amazonses.com`;

/** Everyone who takes part, in the order they are mailed. */
export const CAST: readonly Role[] = [
  { address: at('success'), reason: null },
  { address: at('bounce'), reason: 'hard-bounce' },
  { address: at('complaint'), reason: 'complaint' },
  { address: at('suppressionlist'), reason: 'global-list' },
  { address: at('ooto'), reason: null },
];

/** One recipient who is dead by then and one who lives, for the mail that goes to both. */
export const MIXED = { dead: at('bounce'), live: at('success') } as const;
