import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { CorpusFile, Manifest } from '../../conformance/corpus/format.ts';
import { ordersOf } from '../../conformance/corpus/orders.ts';
import { corpus, FOLDER, filesThere, rawFile, stringsIn } from './corpus.ts';
import { hasForm } from './json-schema.ts';

const SCHEMA = rawFile('schema.json') as { readonly [name: string]: unknown };
const FILES = filesThere();

test('the manifest names every file there is, each once', () => {
  const { files } = v.parse(Manifest, rawFile('corpus.json'));
  expect([...files].sort()).toEqual([...FILES].sort());
});

test.each(['corpus.json', ...FILES])('%s has the form of schema.json', (name) => {
  expect(hasForm(SCHEMA, rawFile(name))).toBe(true);
});

/** A small file of every kind, and one change each that makes it wrong. */
const AT = '2026-01-01T00:00:00.000Z';
const about = { id: 'a', title: 'A.', source: 'here' };
const line = {
  type: 'Bounce',
  address: 'a@b.example',
  at: AT,
  rule: 'r',
  effect: 'hold',
  reason: 'r',
  scope: '*',
  until: AT,
};
const message = { ...about, envelope: 'bare', input: {}, expected: [line] };
const address = { ...about, input: 'a', expected: { key: null, reason: 'AddressSyntax' } };
const operator = { action: 'remove', address: 'a@b.example', scope: '*', at: AT, by: '', note: '' };
const choice = { action: 'opt-in', address: 'a@b.example', stream: 's', at: AT };
const mailQuestion = { after: 1, ask: 'mail', address: 'a@b.example', at: AT, expected: { blocked: false } };
const entryQuestion = { ask: 'entry', address: 'a@b.example', scope: '*', expected: null };
const entry = { status: 'watched', reason: null, since: null, until: null };
const sequence = {
  ...about,
  steps: [
    { name: 'm', message: {} },
    { name: 'o', operator },
    { name: 'c', choice },
  ],
  orders: [['m', 'o']],
  questions: [mailQuestion, entryQuestion, { ...entryQuestion, expected: entry }],
};
const file = (kind: string, cases: unknown) => ({ $schema: './schema.json', kind, theme: 't', about: 'x', cases });
const messages = (over: object) => file('messages', [{ ...message, ...over }]);
const addresses = (over: object) => file('addresses', [{ ...address, ...over }]);
const sequences = (over: object) => file('sequences', [{ ...sequence, ...over }]);
const blocked = { blocked: true, reason: 'manual', scope: '*', until: null };

const GOOD: readonly unknown[] = [
  messages({}),
  messages({ input: null, policy: {}, encoding: 'base64', expected: [] }),
  messages({ expected: [{ malformed: 'NotJson' }, { type: 'B', address: null, at: null, unusable: 'X' }] }),
  messages({ expected: [{ ...line, address: null, at: null, scope: null, until: null }] }),
  addresses({}),
  addresses({ input: 7, expected: { key: 'a@b.example' } }),
  sequences({}),
  sequences({ orders: 'every', policy: {}, questions: [{ ...mailQuestion, stream: 's', expected: blocked }] }),
];

const BAD: readonly unknown[] = [
  file('others', []),
  { ...file('messages', []), more: 1 },
  { ...file('messages', []), about: '' },
  file('messages', {}),
  messages({ id: 'Not Kebab' }),
  messages({ title: '' }),
  messages({ source: undefined }),
  messages({ envelope: 'pigeon' }),
  messages({ encoding: 'hex' }),
  messages({ policy: 'strict' }),
  messages({ note: 'x' }),
  messages({ expected: [{ ...line, effect: 'explode' }] }),
  messages({ expected: [{ ...line, at: '2026-01-01' }] }),
  messages({ expected: [{ ...line, until: undefined }] }),
  messages({ expected: [{ ...line, malformed: 'NotJson' }] }),
  messages({ expected: [{ type: 'B', address: 'a@b.example', at: null, unusable: 'X' }] }),
  addresses({ expected: { key: null } }),
  addresses({ expected: { key: 'a@b.example', reason: 'X' } }),
  sequences({ steps: [] }),
  sequences({ questions: [] }),
  sequences({ orders: 'all' }),
  sequences({ orders: [] }),
  sequences({ steps: [{ name: 'o', operator: { ...operator, action: 'forget' } }] }),
  sequences({ steps: [{ name: 'o', operator: { ...operator, at: 'now' } }] }),
  sequences({ steps: [{ name: 'c', choice: { ...choice, stream: undefined } }] }),
  sequences({ questions: [{ ...mailQuestion, after: 0 }] }),
  sequences({ questions: [{ ...mailQuestion, ask: 'why' }] }),
  sequences({ questions: [{ ...mailQuestion, expected: { blocked: false, reason: 'x' } }] }),
  sequences({ questions: [{ ...mailQuestion, expected: { ...blocked, scope: undefined } }] }),
  sequences({ questions: [{ ...entryQuestion, scope: undefined }] }),
  sequences({ questions: [{ ...entryQuestion, expected: { ...entry, status: 'gone' } }] }),
];

/** As JSON has it: what is undefined is not there. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each(GOOD.map(asJson))('schema.json and the loader both take a good file: %j', (good) => {
  expect([hasForm(SCHEMA, good), v.is(CorpusFile, good)]).toEqual([true, true]);
});

test.each(BAD.map(asJson))('schema.json and the loader both refuse a bad file: %j', (bad) => {
  expect([hasForm(SCHEMA, bad), v.is(CorpusFile, bad)]).toEqual([false, false]);
});

test('ids are unique', async () => {
  const ids = (await corpus).cases.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

test('titles are sentences, and no two are of one theme', async () => {
  const titles = (await corpus).cases.map(({ theme, title }) => `${theme}: ${title}`);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});

test('the steps of a sequence have names of their own, and every order uses all of them', async () => {
  for (const each of (await corpus).cases) {
    if (each.kind !== 'sequences') continue;
    const names = each.steps.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const order of ordersOf(each))
      expect([each.id, ...new Set(order.map(({ name }) => name))].sort()).toEqual([each.id, ...names].sort());
    for (const { after = 1 } of each.questions) expect(after).toBeLessThanOrEqual(ordersOf(each)[0]?.length ?? 0);
  }
});

/** What is given to runners: everything but the prose. */
const given = async (): Promise<unknown[]> =>
  (await corpus).cases.map(({ title: _title, source: _source, ...rest }) => rest);

const RESERVED = /(?:^|\.)(?:example|amazonses\.com)\.{0,2}$/i;
/** Written on purpose as what nobody can have mail at. */
const NOWHERE = ['home', 'localhost', '0x7f.1', '192.0.2.1', 't%61rget.example', 'target.example/x.example'];

test('no address in the corpus could be somebody’s: reserved names only', async () => {
  const domains = stringsIn(await given())
    .flatMap((text) => [...text.matchAll(/@ ?([\p{L}\p{N}\p{M}\u3002._%/-]+)/gu)])
    .map(([, domain = '']) => domain.replaceAll('\u3002', '.'));
  expect(domains.filter((domain) => !RESERVED.test(domain) && !NOWHERE.includes(domain))).toEqual([]);
  expect(domains.length).toBeGreaterThan(1000);
});

test('account numbers and IP addresses are those of documentation', async () => {
  const text = JSON.stringify(await given());
  expect(new Set(text.match(/\b\d{12}\b/g))).toEqual(new Set(['111122223333']));
  expect(
    (text.match(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g) ?? []).filter((ip) => !ip.startsWith('192.0.2.')),
  ).toEqual([]);
});

test('the README tells how many cases there are', async () => {
  const { cases } = await corpus;
  const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  const count = (kind: string) => cases.filter((each) => each.kind === kind).length;
  const orders = cases.flatMap((each) => (each.kind === 'sequences' ? ordersOf(each) : [])).length;
  expect(readme).toContain(`| ${count('messages')} messages |`);
  expect(readme).toContain(`| ${count('sequences')} sequences in ${orders} orders |`);
  expect(readme).toContain(`| ${count('addresses')} addresses |`);
});
