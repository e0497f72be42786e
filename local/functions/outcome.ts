/** What an invocation came to: the function's answer as JSON text, or the error Lambda would report. */
export type Outcome =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError };

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Absent where Lambda itself ended the function. */
  readonly trace?: readonly string[];
}

export const failed = (errorType: string, errorMessage: string): Outcome => ({
  ok: false,
  error: { errorType, errorMessage },
});
