/** What a runner can be asked for, from what everybody should agree on to this project's policy. */
export const LEVELS = ['reading', 'decision', 'sequence', 'address'] as const;
export type Level = (typeof LEVELS)[number];

/** The levels at which a case of this kind is judged. */
export const LEVELS_OF = {
  messages: ['reading', 'decision'],
  sequences: ['sequence'],
  addresses: ['address'],
} as const satisfies { readonly [kind: string]: readonly Level[] };
