import { createHash } from 'node:crypto';
import type { Unsubscription } from '../../core/unsubscribe/token.ts';
import type { Answer } from './http.ts';

const STYLE =
  ':root{color-scheme:light dark}' +
  'body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}' +
  'main{max-width:34rem;margin:0 auto;padding:2rem 1rem}' +
  'h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}' +
  'button{font:inherit;font-weight:600;min-height:3rem;padding:.5rem 1.5rem;border:2px solid transparent;border-radius:.5rem;background:#0b57d0;color:#fff;cursor:pointer}' +
  'button:focus-visible{outline:3px solid currentColor;outline-offset:3px}' +
  '@media (prefers-color-scheme:dark){button{background:#a8c7fa;color:#062e6f}}';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in an attribute too. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

const strong = (text: string): string => `<strong>${escaped(text)}</strong>`;

/** Posts what a mail program would: no script, no login, and nothing happens before the button is pressed. */
const BUTTON =
  '<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>';

const page = (
  statusCode: number,
  heading: string,
  content: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  statusCode,
  headers: { ...HEADERS, ...headers },
  body:
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<title>${heading}</title><style>${STYLE}</style></head>` +
    `<body><main><h1>${heading}</h1>${content}</main></body></html>`,
});

/** Asks; nothing has changed yet. */
export const askPage = ({ address, stream }: Unsubscription): Answer =>
  page(
    200,
    'Unsubscribe?',
    `<p>${strong(address)} will no longer get mail of the kind ${strong(stream)}. Other mail goes on.</p>${BUTTON}`,
  );

/** Says that it is done, now or before. */
export const donePage = ({ address, stream }: Unsubscription): Answer =>
  page(
    200,
    'You are unsubscribed',
    `<p>${strong(address)} gets no more mail of the kind ${strong(stream)}. Other mail goes on. You can close this page.</p>`,
  );

/** The same for every link that is not believed, so that nobody learns why. */
export const badLinkPage = (): Answer =>
  page(
    400,
    'This link does not work',
    '<p>It may have been cut off by your mail program, or be too old. Nothing was changed. Use the link in the newest mail you have, or answer that mail and ask to be unsubscribed.</p>',
  );

/** A POST that is no unsubscribe. */
export const badRequestPage = (): Answer =>
  page(
    400,
    'Nothing was changed',
    `<p>That was no request to unsubscribe. To unsubscribe, press the button.</p>${BUTTON}`,
  );

export const badMethodPage = (): Answer =>
  page(405, 'Nothing was changed', '<p>Open the link in your mail to unsubscribe.</p>', { allow: 'GET, HEAD, POST' });

/** Nothing was written, or nobody knows; the mail program and the person may try again. */
export const tryAgainPage = (): Answer =>
  page(
    503,
    'Not done yet',
    `<p>The list cannot be reached at the moment, so you may still be subscribed. Please try again in a minute.</p>${BUTTON}`,
    { 'retry-after': '60' },
  );
