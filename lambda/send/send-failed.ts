import type { SendError } from '../../core/send/answer.ts';
import type { SendCode } from '../../core/send/failure.ts';

/**
 * A send request that failed, as Lambda reports it: `errorType` is the code, `errorMessage` the JSON of `code`,
 * `message`, `retryable`, `remedy` and what is known of the recipients. The stack is empty: it is no bug of the caller's.
 */
export class SendFailed extends Error {
  override readonly name: SendCode;

  constructor(error: SendError) {
    super(JSON.stringify(error));
    this.name = error.code;
    this.stack = '';
  }
}
