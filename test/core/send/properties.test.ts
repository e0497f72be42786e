import fc from 'fast-check';
import { parseAddress } from '../../../core/address/address.ts';
import type { Standing } from '../../../core/entry/derive.ts';
import { keyText } from '../../../core/entry/entry.ts';
import { partition } from '../../../core/send/partition.ts';
import { prepare } from '../../../core/send/prepare.ts';
import { readRecipients } from '../../../core/send/recipients.ts';

const NOW = 1_000_000;
const SETS = { configurationSet: 'main', configurationSets: ['main'] };

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
  fc.assert(fc.property(fc.anything(), (raw) => typeof prepare(raw, SETS).ok === 'boolean'));
  fc.assert(fc.property(fc.jsonValue(), (raw) => typeof prepare(raw, SETS).ok === 'boolean'));
});
