/** A command of the AWS CLI within a sentence: options, each with a value or none; more values only in capitals. */
const AWS_COMMAND = /\baws (?:--region \S+ )?[a-z0-9]+ [a-z-]+(?: --[a-z-]+(?: (?!--)\S*[^\s,.:](?: [A-Z]+\b)*)?)*/g;

/**
 * Which commands a sentence has in it, word for word.
 *
 * @param own - lines of this program that it may have
 * @example commandsIn('When the cause is gone: ses-suppressor resume', ['ses-suppressor resume']) // ['ses-suppressor resume']
 */
export const commandsIn = (sentence: string, own: Iterable<string>): readonly string[] => {
  const ours = [...new Set(own)].filter((line) => sentence.includes(line));
  const whole = ours.filter((line) => !ours.some((other) => other !== line && other.includes(line)));
  return [...whole, ...(sentence.match(AWS_COMMAND) ?? [])];
};
