import { createHash } from 'node:crypto';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import {
  askPage,
  badLinkPage,
  badMethodPage,
  badRequestPage,
  donePage,
  tryAgainPage,
} from '../../../lambda/unsubscribe/page.ts';
import { addressOf } from '../../adapters/samples.ts';
import { PAT } from '../../core/unsubscribe/samples.ts';

const PAGES = {
  ask: askPage(PAT),
  done: donePage(PAT),
  'bad link': badLinkPage(),
  'bad request': badRequestPage(),
  'bad method': badMethodPage(),
  'try again': tryAgainPage(),
};

describe.each(Object.entries(PAGES))('the page "%s"', (_name, { headers, body }) => {
  test('has a language, a title, one main part and one heading that says the same', () => {
    expect(body).toMatch(/^<!doctype html><html lang="en">/);
    expect(body.match(/<main>/g)).toHaveLength(1);
    const [, title] = /<title>([^<]+)<\/title>/.exec(body) ?? [];
    expect(body).toContain(`<h1>${title}</h1>`);
    expect(body.match(/<h1>/g)).toHaveLength(1);
    expect(body).toContain('<meta name="viewport" content="width=device-width,initial-scale=1">');
  });

  test('is well-formed: everything that is opened is closed', () => {
    const closed = body.replace('<!doctype html>', '').replace(/<(meta|input)([^>]*)>/g, '<$1$2/>');
    expect(XMLValidator.validate(closed)).toBe(true);
  });

  test('lets the browser load and run nothing but its own style', () => {
    const style = /<style>(.*)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = headers['content-security-policy']?.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", `style-src 'sha256-${hash}'`, "form-action 'self'"]),
    );
    expect(body).not.toMatch(/<script|<link|<img|\son\w+=|style=|url\(/i);
  });

  test('is kept by nobody, indexed by nobody, and gives its address to nobody', () => {
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  test('knows dark and light, and breaks long words', () => {
    expect(body).toContain('color-scheme:light dark');
    expect(body).toContain('overflow-wrap:anywhere');
    expect(body).not.toMatch(/[^-]width:\s*\d{3,}px/);
  });
});

test('asks with one button in a form that posts what a mail program would', () => {
  const { form } = new XMLParser({ ignoreAttributes: false, unpairedTags: ['meta', 'input'] }).parse(
    PAGES.ask.body.replace('<!doctype html>', ''),
  ).html.body.main;
  expect(form).toEqual({
    '@_method': 'post',
    input: expect.objectContaining({ '@_type': 'hidden', '@_name': 'List-Unsubscribe', '@_value': 'One-Click' }),
    button: 'Unsubscribe',
  });
});

test.each([
  ['asks', askPage],
  ['is done', donePage],
])('says whom and what it is about when it %s', (_when, page) => {
  const { body } = page(PAT);
  expect(body).toContain('<strong>pat@target.example</strong>');
  expect(body).toContain('<strong>newsletter</strong>');
});

test('shows an address as text, whatever it is made of', () => {
  const address = addressOf(`"<script>alert('&')</script>"@target.example`);
  for (const { body } of [askPage({ ...PAT, address }), donePage({ ...PAT, address })]) {
    expect(body).not.toContain('<script>');
    expect(body).toContain('&quot;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;&quot;@target.example');
  }
});
