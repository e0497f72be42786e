/** Characters of HTML that are shown. */
const MAX_CHARS = 2 * 1024 * 1024;
const LEADS_ELSEWHERE = /<(\/?)(?=(?:a|area|base|frame|frameset|iframe|link|meta)[\s/>])/gi;
/** So that what was a link still looks like one; the mail's own styles come later and win. */
const LOOK = '<style>x-a{color:#0645ad;text-decoration:underline}</style>';

/**
 * HTML of a mail without what a content security policy does not prevent: a browser opens a connection to where a frame or a clicked
 * link leads before it asks the policy, a `link` can have one opened ahead, and a `meta` can lead elsewhere. Their names are changed,
 * so that they are elements without a meaning; nothing but their names makes them what they are. The policy stays as it is and
 * forbids the rest.
 *
 * @example inertHtml('<IFRAME src=https://spy.example>') // '<x-IFRAME src=https://spy.example>'
 */
export const inertHtml = (html: string): string => {
  const shown = html.slice(0, MAX_CHARS);
  const inert = shown.replace(LEADS_ELSEWHERE, '<$1x-');
  if (inert === shown) return shown;
  const doctype = /^\s*<!doctype[^>]*>/i.exec(inert)?.[0] ?? '';
  return `${doctype}${LOOK}${inert.slice(doctype.length)}`;
};
