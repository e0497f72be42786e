import { methodOf } from './calendar.ts';
import { isUnsubscribeHeader } from './custom-headers.ts';
import type { SendRequest } from './request.ts';
import { asksForLink, UNSUBSCRIBE_PLACEHOLDER } from './unsubscribe-link.ts';

/** The fields that say something in one form of content only, and the forms they say it in. */
const CONTENT_FIELDS = {
  replyTo: ['built', 'template'],
  subject: ['built'],
  text: ['built'],
  html: ['built'],
  headers: ['built'],
  attachments: ['built'],
  calendar: ['built'],
  raw: ['raw'],
  template: ['template'],
} as const satisfies { readonly [field in keyof SendRequest]?: readonly Form[] };

type Form = 'built' | 'raw' | 'template';

/** Whether a field says anything: an empty list or object may stand anywhere. */
const says = (value: unknown): boolean =>
  value !== undefined && (typeof value !== 'object' || value === null || Object.keys(value).length > 0);

/** Which form of content a request has. */
export const formOf = ({ raw, template }: SendRequest): Form =>
  raw !== undefined ? 'raw' : template !== undefined ? 'template' : 'built';

const misplaced = (request: SendRequest, form: Form): string | undefined => {
  for (const [field, forms] of Object.entries(CONTENT_FIELDS))
    if (says(request[field as keyof SendRequest]) && !(forms as readonly Form[]).includes(form))
      return `${field} does not go with ${form}: ${
        form === 'raw'
          ? 'a raw message has its own content and headers'
          : 'SES fills in the template, headers and files included'
      }; leave one of the two out`;
  return undefined;
};

const builtFault = ({ subject, text, html, attachments, calendar }: SendRequest): string | undefined => {
  if (subject === undefined) return 'subject is missing';
  if (text !== undefined || html !== undefined || attachments.length > 0 || calendar !== undefined) return undefined;
  return 'the message has neither text nor html, attachments or a calendar; give one of them';
};

const unsubscribeFault = (
  { unsubscribe, stream, headers, text, html }: SendRequest,
  form: Form,
): string | undefined => {
  if (!unsubscribe)
    return asksForLink(text) || asksForLink(html)
      ? `text or html holds ${UNSUBSCRIBE_PLACEHOLDER}, which nothing fills in without "unsubscribe": true`
      : undefined;
  if (form === 'template')
    return 'unsubscribe does not go with template: SES cannot add headers to it; use subject and html, or raw';
  if (stream === undefined) return 'unsubscribe needs a stream, which is what is unsubscribed from; give one';
  const own = Object.keys(headers).find(isUnsubscribeHeader);
  return own === undefined ? undefined : `headers.${own}: written by unsubscribe; leave one of the two out`;
};

const twice = (names: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
};

const consistencyFault = ({ headers, attachments, calendar }: SendRequest): string | undefined => {
  const header = twice(Object.keys(headers).map((name) => name.toLowerCase()));
  if (header !== undefined) return `headers: ${header} is there twice, in upper and lower case; give it once`;
  const id = twice(attachments.flatMap(({ contentId = [] }) => contentId));
  if (id !== undefined) return `attachments: two have the contentId ${id}; give each its own`;
  const method = calendar === undefined ? undefined : methodOf(calendar.content);
  return method === undefined || method.toUpperCase() === calendar?.method.toUpperCase()
    ? undefined
    : `calendar.method is ${calendar?.method}, but the content has another METHOD; give the same`;
};

/** What is wrong with a request as a whole, each of its fields being right; undefined if nothing is. */
export const formFault = (request: SendRequest): string | undefined => {
  const form = formOf(request);
  return (
    misplaced(request, form) ??
    (form !== 'raw' && request.from === undefined ? 'from is missing' : undefined) ??
    (form === 'built' ? builtFault(request) : undefined) ??
    unsubscribeFault(request, form) ??
    consistencyFault(request)
  );
};
