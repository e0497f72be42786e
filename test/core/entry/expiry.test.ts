import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import type { Entry } from '../../../core/entry/entry.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import { addressOf, decided, delivered, entryOf, joined, known, piece, START, strike } from '../entries.ts';

const expiryOf = (...entries: readonly Entry[]): number | undefined =>
  derive(joined(...entries), DEFAULT_POLICY).expiresAt;
const hold = known(piece('global-list', START));

test.each<[string, readonly Entry[], number | undefined]>([
  ['a block without end', [known(piece('complaint', START))], undefined],
  ['a manual block', [decided('add', START)], undefined],
  ['a pin', [decided('allow', START)], undefined],
  ['a hold', [hold], START + (14 + 180) * DAY],
  ['strikes without a hold', [known(strike(0), strike(3))], strike(3).at + 180 * DAY],
  ['strikes and a newer delivery', [known(strike(0)), delivered(START + 5 * DAY)], START + 185 * DAY],
  ['a hold shorter than a newer fact', [hold, entryOf({ forgottenAt: START + 50 * DAY })], START + 230 * DAY],
  ['a lift', [known(piece('complaint', START), piece('not-spam', START + DAY))], START + 181 * DAY],
  ['a removal', [decided('remove', START)], START + 400 * DAY],
  ['a removal of a block', [known(piece('complaint', START)), decided('remove', START + DAY)], START + 401 * DAY],
  ['a removal and a much newer fact', [decided('remove', START), known(strike(300))], strike(300).at + 180 * DAY],
  [
    'a removal and a newer hold',
    [decided('remove', START), known(piece('validation', START + DAY))],
    START + 400 * DAY,
  ],
  [
    'a removal and a newer block without end',
    [decided('remove', START), known(piece('complaint', START + DAY))],
    undefined,
  ],
])('%s may be deleted by the table at the right time', (_name, entries, expected) => {
  expect(expiryOf(...entries)).toBe(expected);
});

test('a simulator address is kept for a day, unless it is pinned', () => {
  const address = addressOf('bounce@simulator.amazonses.com');
  const of = (entry: Entry) => derive({ ...entry, address }, DEFAULT_POLICY).expiresAt;
  expect(of(known(piece('hard-bounce', START)))).toBe(START + HOUR + DAY);
  expect(of(known(strike(0)))).toBe(strike(0).at + DAY);
  expect(of(decided('remove', START))).toBe(START + DAY);
  expect(of(decided('allow', START))).toBeUndefined();
});
