/** Why SES does not let its list be changed. */
export type RefusalCode = 'SANDBOX' | 'ADDRESS' | 'OTHER';

/** SES refuses a change of its account list, and would refuse it again. */
export class AccountListRefused extends Error {
  override readonly name = 'AccountListRefused';
  /** `SANDBOX`: the account may not; `ADDRESS`: this address is none to SES; `OTHER`: as the message says. */
  readonly code: RefusalCode;

  /** @example throw new AccountListRefused('SANDBOX', 'the account is in the sandbox in eu-west-1') */
  constructor(code: RefusalCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
