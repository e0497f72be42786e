const REFUSED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const CONNECT_TIMEOUT = 'did not establish a connection';

/**
 * Whether an error of the SDK's HTTP handler proves that no connection was opened, so that no byte of the request left:
 *
 * - ECONNREFUSED, ENOTFOUND, EAI_AGAIN, which only opening a connection can give;
 * - any error of the system call `connect`, such as a network that cannot be reached;
 * - several addresses tried, each with such an error;
 * - the handler's connection time-out: it is cancelled by the socket's `connect` event, before which Node writes nothing, and
 *   it destroys the socket. Known by its text, so that a handler which words it otherwise is taken for the worse case.
 *
 * A time-out of the request is none of these: its error has the code ETIMEDOUT but no system call.
 */
export const neverOpened = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  const { code, syscall, errors, name, message } = error as { readonly [field: string]: unknown };
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverOpened);
  if (REFUSED.has(code) || syscall === 'connect') return true;
  return name === 'TimeoutError' && String(message).includes(CONNECT_TIMEOUT);
};
