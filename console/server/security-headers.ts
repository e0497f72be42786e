import type { MiddlewareHandler } from 'hono';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CSP = 'content-security-policy';

/** Of every answer, whatever it is. */
const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Makes an answer safe to be in a browser. A content security policy that a route gave itself stays. */
export const withSecurityHeaders = (headers: Headers): void => {
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  if (!headers.has(CSP)) headers.set(CSP, POLICY);
};

/** {@link withSecurityHeaders} on everything that is answered, faults too. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  withSecurityHeaders(c.res.headers);
};
