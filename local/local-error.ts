/**
 * What stopped the local cloud, in a form that callers and people can both use.
 *
 * @example throw new LocalError('PORT_TAKEN', 'port 4580 is taken', 'choose another with --port N')
 */
export class LocalError extends Error {
  override readonly name = 'LocalError';
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
