import { InvalidArgumentError } from 'commander';
import { EVERYWHERE } from '../core/contract/index.ts';
import { scopeName } from '../core/feedback/mail.ts';

const TENANT = 'tenant:';

/** A stream given as an option. */
export const streamOption = (given: string): string => {
  if (scopeName(given) === undefined) throw new InvalidArgumentError('A stream has 1 to 256 letters, digits, _ and -.');
  return given;
};

/** What a scope may look like. */
export const SCOPE_FORMS = '*, a stream such as newsletter, or tenant:NAME';

/** Whether a text names a scope: `*`, a stream or `tenant:NAME`. */
export const isScope = (given: string): boolean =>
  given === EVERYWHERE || scopeName(given.startsWith(TENANT) ? given.slice(TENANT.length) : given) !== undefined;

/** A scope given as an option. */
export const scopeOption = (given: string): string => {
  if (!isScope(given)) throw new InvalidArgumentError(`A scope is ${SCOPE_FORMS}.`);
  return given;
};

/** Scopes given as an option that may be repeated. */
export const scopesOption = (given: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  scopeOption(given),
];
