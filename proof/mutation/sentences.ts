const THREE_WORDS = /\S\s+\S+\s+\S/;

/**
 * Leaves alone the plain texts of three words or more: sentences for people, whose wording no test should pin. What a
 * message is built from (its code, the place, the offending value, the choice between two wordings) is mutated.
 *
 * @param node - a node of the syntax tree
 * @returns why it is left alone, or undefined
 */
export const wording = ({ type, value }: { readonly type?: unknown; readonly value?: unknown }): string | undefined =>
  type === 'StringLiteral' && typeof value === 'string' && THREE_WORDS.test(value)
    ? 'the wording of a sentence for people'
    : undefined;
