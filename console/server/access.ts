import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What opens one console: both are random and live as long as it does. */
export interface Access {
  /** In the address that is printed. */
  readonly token: string;
  /** Value of the cookie that the token is changed for. */
  readonly session: string;
}

const SECRET_BYTES = 32;

const secret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** Two secrets that nobody has seen. */
export const newAccess = (): Access => ({ token: secret(), session: secret() });

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether what was given is the secret; how long that takes says nothing about it. */
export const isSecret = (given: string | undefined, secret: string): boolean =>
  given !== undefined && timingSafeEqual(digest(given), digest(secret));

/** Cookies know no ports: the name keeps two consoles apart. */
export const cookieName = (port: number): string => `ses-suppressor-${port}`;
