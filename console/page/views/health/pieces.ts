/** A part of a sentence. */
export interface Piece {
  readonly text: string;
  readonly isCommand: boolean;
}

/** What joins a sentence to the command before it says nothing where that stands apart. */
const JOINT = /^[,;.]?\s*/;

/**
 * Cuts a sentence at the commands in it.
 *
 * @example pieces('Then: aws x y', ['aws x y']) // [{ text: 'Then:', isCommand: false }, { text: 'aws x y', isCommand: true }]
 */
export const pieces = (sentence: string, commands: readonly string[]): readonly Piece[] => {
  const [first] = commands
    .map((command) => ({ command, at: sentence.indexOf(command) }))
    .filter(({ command, at }) => command !== '' && at >= 0)
    .sort((a, b) => a.at - b.at);
  if (first === undefined) return sentence.trim() === '' ? [] : [{ text: sentence.trim(), isCommand: false }];
  const { command, at } = first;
  return [
    ...pieces(sentence.slice(0, at), []),
    { text: command, isCommand: true },
    ...pieces(sentence.slice(at + command.length).replace(JOINT, ''), commands),
  ];
};
