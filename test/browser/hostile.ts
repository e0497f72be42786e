import type { Page } from 'playwright-core';

/** Texts that would do harm in a page that takes them for more than text. */
export const HOSTILE = [
  '<img src=x onerror="globalThis.harmed=1">',
  '"><script>globalThis.harmed=1</script>',
  "javascript:globalThis.harmed=1//'",
  '{{constructor.constructor("globalThis.harmed=1")()}}',
  '</td></table><style>*{display:none}</style>',
] as const;

/** Whether anything of them has happened in a page; evaluated there. */
export const HARM =
  'globalThis.harmed === 1 || document.querySelectorAll("#app img, #app script, #app style, #app iframe, #app [onerror]").length > 0';

/** What is in every text of {@link Marks} beside its mark: the end of an attribute, elements that run something, a mark that turns text around. */
const around = (mark: string): string => `"'>${mark}\u202e`;
const markOf = (n: number): string => `<img src=x onerror=harmed=${n}><svg onload=harmed=${n}>`;

let given = 0;

/** Hostile texts that can be told apart: one for each place that a stranger fills. */
export class Marks {
  readonly #placeOf = new Map<number, string>();

  /** A text for a place, such as `Bounce mail.source`. */
  in(place: string): string {
    return around(markOf(this.#next(place)));
  }

  /** The same as an address: what can stand between the quotes of a local part. */
  address(place: string): string {
    return `"<img src=x onerror=harmed=${this.#next(place)}>"@evil.example`;
  }

  /** Places whose text is in what a page has shown. */
  shownIn(shown: string): string[] {
    return this.#places((n) => shown.includes(`<img src=x onerror=harmed=${n}>`));
  }

  /** Places whose text is not. */
  missingIn(shown: string): string[] {
    return this.#places((n) => !shown.includes(`<img src=x onerror=harmed=${n}>`));
  }

  #next(place: string): number {
    given += 1;
    this.#placeOf.set(given, place);
    return given;
  }

  #places(fits: (n: number) => boolean): string[] {
    return [...this.#placeOf].filter(([n]) => fits(n)).map(([, place]) => place);
  }
}

/** What {@link harmIn} evaluates. A link of the page leads to a view or to a file of its own; in the inbox, to the local cloud, too. */
export const FOUND_HARM = `(() => {
  const found = [];
  if (globalThis.harmed !== undefined) found.push('it ran: ' + globalThis.harmed);
  const told = /^(?:title|aria-label|aria-description|alt|placeholder)$/;
  for (const element of document.querySelectorAll('body *')) {
    const { localName, attributes } = element;
    const inside = element.closest('#app') !== null;
    if (inside && /^(?:img|svg|script|style|object|embed|link|meta|base|video|audio|math|frame|marquee)$/.test(localName))
      found.push(element.outerHTML.slice(0, 120));
    if (localName === 'iframe' && !/^\\/api\\/inbox\\/[\\w-]+\\/html$/.test(element.getAttribute('src'))) found.push('a frame');
    for (const { name, value } of inside ? attributes : []) {
      if (/^on|^srcdoc$/.test(name)) found.push(localName + ' has ' + name);
      if (/^(?:href|action|formaction|data)$/.test(name) && !/^(?:#\\/|\\/api\\/|http:\\/\\/127\\.0\\.0\\.1:)/.test(value))
        found.push(localName + ' leads to ' + value);
      if (told.test(name) && value.includes('\\u202e')) found.push(localName + ' is turned around by its ' + name);
    }
  }
  const turned = [...document.querySelectorAll('#app *')].find(
    ({ childNodes }) => [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.includes('\\u202e')));
  if (turned !== undefined) found.push('text is turned around: ' + turned.outerHTML.slice(0, 120));
  return found;
})()`;

/**
 * What of a stranger's text has become more than text in a page: scripts that ran, elements, attributes, links; nothing is
 * as it should be.
 *
 * @example expect(await harmIn(tab.page)).toEqual([])
 */
export const harmIn = (page: Page): Promise<string[]> => page.evaluate<string[]>(FOUND_HARM);
