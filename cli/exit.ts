/** Exit codes of every command. */
export const Exit = {
  DONE: 0,
  FAILED: 1,
  /** The command was given wrongly, or something in its input is malformed. */
  USAGE: 2,
  /** The answer is no, such as: this address may not be mailed. */
  NO: 3,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];
