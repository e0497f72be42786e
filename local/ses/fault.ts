/** An error of SES as it goes over the wire. */
export class SesFault extends Error {
  override readonly name = 'SesFault';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The caller gave a value SES does not take. */
export const invalidParameter = (message: string): SesFault => new SesFault(400, 'InvalidParameterValue', message);

export const messageRejected = (message: string): SesFault => new SesFault(400, 'MessageRejected', message);
