import fc from 'fast-check';
import { parseAddress } from '../../../core/address/address.ts';
import type { Standing } from '../../../core/entry/derive.ts';
import { keyText } from '../../../core/entry/entry.ts';
import { partition } from '../../../core/send/partition.ts';
import { prepare } from '../../../core/send/prepare.ts';
import { readRecipients } from '../../../core/send/recipients.ts';
import { REQUEST_FIELDS } from '../../../core/send/request.ts';
import { DEPLOYED, raw, request, template } from './requests.ts';

const NOW = 1_000_000;

const standing: fc.Arbitrary<Standing> = fc.oneof(
  fc.constant<Standing>({ status: 'watched' }),
  fc.constant<Standing>({ status: 'allowed', reason: 'manual', since: 1 }),
  fc.constant<Standing>({ status: 'suppressed', reason: 'hard-bounce', since: 1 }),
  fc
    .integer({ min: NOW - 5, max: NOW + 5 })
    .map((until): Standing => ({ status: 'suppressed', reason: 'global-list', since: 1, until })),
);
const given = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((i) => `p${i}@target.example`),
  fc.integer({ min: 0, max: 9 }).map((i) => `P ${i} <P${i}@TARGET.example>`),
  fc.string({ maxLength: 12 }),
);
const people = fc.array(given, { maxLength: 8 });

test('puts everybody given into exactly one list, whatever the list holds', () => {
  fc.assert(
    fc.property(
      fc.record({ to: people, cc: people, bcc: people }),
      fc.dictionary(fc.constantFrom(...Array.from({ length: 10 }, (_, i) => `p${i}@target.example`)), standing),
      fc.constantFrom('*', 'receipts'),
      (request, listed, scope) => {
        const standings = new Map<string, Standing>(
          Object.entries(listed).map(([address, held]) => [`${address}\n${scope}`, held] as const),
        );
        const { usable, refused } = readRecipients(request);
        const { mailable, withheld } = partition(usable, 'receipts', standings, NOW);
        const all = [...request.to, ...request.cc, ...request.bcc];
        const keys = all.map((raw) => parseAddress(raw)).flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
        const sorted = [
          ...mailable.map(({ mailbox }) => mailbox.key),
          ...withheld.map(({ address }) => address),
        ].sort();
        expect(sorted).toEqual([...new Set(keys)].sort());
        expect(refused.map((each) => each.given)).toEqual(all.filter((raw) => !parseAddress(raw).ok));
        for (const { mailbox } of mailable) {
          const held = standings.get(keyText({ address: mailbox.key, scope }));
          expect(held?.status === 'suppressed' && (held.until ?? Infinity) > NOW).toBe(false);
        }
      },
    ),
  );
});

const someone = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((i) => `"P, ${i}" <P${i}@TARGET.example>`),
  fc.integer({ min: 0, max: 9 }).map((i) => `p${i}@target.example`),
  fc.constantFrom('nobody', 'a@b@c.example', 'a@[127.0.0.1]', '<a@>', 'é@target.example'),
);
const some = fc.array(someone, { maxLength: 6 });
const list = (name: string, people: readonly string[]) => `${name}: ${people.join(',\r\n ')}`;
const lists = fc.record({ to: some, cc: some, bcc: some });

test.each<[string, fc.Arbitrary<{ readonly input: unknown; readonly people: string[] }>]>([
  ['a built message', lists.map((each) => ({ input: request(each), people: Object.values(each).flat() }))],
  ['a template', lists.map((each) => ({ input: template(each), people: Object.values(each).flat() }))],
  [
    'a raw message with an envelope',
    fc.tuple(lists, some).map(([each, others]) => ({
      input: raw([list('To', others)], each),
      people: Object.values(each).flat().length === 0 ? others : Object.values(each).flat(),
    })),
  ],
  [
    'a raw message without one',
    lists.map(({ to, cc, bcc }) => ({
      input: raw([list('To', to), list('Cc', cc), list('Bcc', bcc)]),
      people: [...to, ...cc, ...bcc],
    })),
  ],
])('gives everybody in %s to SES, to the suppressed or to the refused, once', (_what, arbitrary) => {
  const blocked: Standing = { status: 'suppressed', reason: 'hard-bounce', since: 1 };
  fc.assert(
    fc.property(arbitrary, fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), ({ input, people }, gone) => {
      const standings = new Map<string, Standing>(gone.map((i) => [`p${i}@target.example\n*`, blocked] as const));
      const prepared = prepare(input, DEPLOYED);
      const keys = people.flatMap((given) => {
        const parsed = parseAddress(given);
        return parsed.ok ? [parsed.value] : [];
      });
      const malformed = people.filter((given) => !parseAddress(given).ok);
      if (keys.length === 0) {
        expect(prepared).toMatchObject({ ok: false, error: { code: 'InvalidRequest' } });
        return;
      }
      if (!prepared.ok) throw new Error(prepared.error.message);
      const { usable, refused } = prepared.value.recipients;
      const { mailable, withheld } = partition(usable, undefined, standings, NOW);
      const sent = mailable.map(({ mailbox }) => mailbox.key);
      const suppressed = withheld.map(({ address }) => address);
      expect([...sent, ...suppressed].sort()).toEqual([...new Set(keys)].sort());
      expect(refused.map((each) => each.given)).toEqual(malformed);
    }),
  );
});

test('tells the block with the later end when both scopes block', () => {
  const address = 'p1@target.example';
  const { usable } = readRecipients({ to: [address], cc: [], bcc: [] });
  const hold: Standing = { status: 'suppressed', reason: 'dead-domain', since: 1, until: NOW + 1 };
  const endless: Standing = { status: 'suppressed', reason: 'unsubscribe', since: 1 };
  const standings = new Map<string, Standing>([
    [`${address}\n*`, hold],
    [`${address}\nnews`, endless],
  ]);
  expect(partition(usable, 'news', standings, NOW).withheld).toEqual([
    { address, given: address, reason: 'unsubscribe', scope: 'news', since: '1970-01-01T00:00:00.001Z', until: null },
  ]);
});

test("lets an operator's pin at `*` outrank `*` only", () => {
  const address = 'p1@target.example';
  const { usable } = readRecipients({ to: [address], cc: [], bcc: [] });
  const standings = new Map<string, Standing>([
    [`${address}\n*`, { status: 'allowed', reason: 'manual', since: 1 }],
    [`${address}\nnews`, { status: 'suppressed', reason: 'unsubscribe', since: 1 }],
  ]);
  expect(partition(usable, 'news', standings, NOW).withheld).toHaveLength(1);
  expect(partition(usable, 'receipts', standings, NOW).mailable).toHaveLength(1);
});

test('never throws, whatever the request is', () => {
  const fields = fc.constantFrom(...REQUEST_FIELDS);
  const known = fc.dictionary(fields, fc.anything()).map((over) => request(over));
  for (const arbitrary of [fc.anything(), fc.jsonValue(), known])
    fc.assert(fc.property(arbitrary, (input) => typeof prepare(input, DEPLOYED).ok === 'boolean'));
});
