import { Exit, type ExitCode } from './exit.ts';

/** What keeps a command from its work, as the person at the terminal reads it. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly exit: ExitCode;

  /**
   * @param exit - {@link Exit.FAILED} unless the person gave something that cannot be right
   * @example throw new CliError('FileUnreadable', 'there is no file "a.json"', 'Mend the path.', Exit.USAGE)
   */
  constructor(
    code: string,
    message: string,
    remedy: string,
    exit: ExitCode = Exit.FAILED,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
    this.exit = exit;
  }
}
