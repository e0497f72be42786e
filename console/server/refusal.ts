import type { Problem } from '../api.ts';

/** Why a request is answered with no. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 500 | 502;

/** A request that is answered with a problem. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: RefusalStatus;
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  /** @param headers - of the answer, beside the usual ones */
  constructor(status: RefusalStatus, problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
    this.headers = headers;
  }
}
