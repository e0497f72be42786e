import type { MessageCase } from '../../conformance/corpus/format.ts';
import { messageLines } from '../../conformance/own/message-lines.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { ACCOUNT_LIST, bounceDetail, GLOBAL_LIST, OUT_OF_OFFICE, USER_UNKNOWN } from '../../local/simulator/bounce.ts';
import { complaintDetail } from '../../local/simulator/complaint.ts';
import { deliveryDetail } from '../../local/simulator/delivery.ts';
import { corpus } from './corpus.ts';

const ACCEPTED = new Date('2026-03-04T09:15:02.481Z');
const HAPPENED = new Date('2026-03-04T09:15:05.000Z');

/** What the local simulator says of an address, beside the case of the corpus about the same. */
const ROWS: readonly [string, string, string, (to: readonly string[]) => object][] = [
  ['simulator-bounce', 'Bounce', 'bounce', (to) => bounceDetail(USER_UNKNOWN, to, HAPPENED)],
  ['simulator-bounce-label', 'Bounce', 'bounce', (to) => bounceDetail(USER_UNKNOWN, to, HAPPENED)],
  ['simulator-several-in-one', 'Bounce', 'bounce', (to) => bounceDetail(USER_UNKNOWN, to, HAPPENED)],
  ['simulator-complaint', 'Complaint', 'complaint', (to) => complaintDetail(to, HAPPENED)],
  ['simulator-suppressionlist', 'Bounce', 'bounce', (to) => bounceDetail(GLOBAL_LIST, to, HAPPENED)],
  ['simulator-out-of-office', 'Bounce', 'bounce', (to) => bounceDetail(OUT_OF_OFFICE, to, HAPPENED)],
  ['simulator-success', 'Delivery', 'delivery', (to) => deliveryDetail(to, '250 ok', ACCEPTED, HAPPENED)],
  ['bounce-permanent-on-account-list', 'Bounce', 'bounce', (to) => bounceDetail(ACCOUNT_LIST, to, HAPPENED)],
];

const caseOf = async (id: string): Promise<MessageCase & { readonly input: { readonly [name: string]: object } }> => {
  const found = (await corpus).cases.find((each) => each.id === id);
  if (found?.kind !== 'messages') throw new Error(`no case ${id}`);
  return found as MessageCase & { readonly input: { readonly [name: string]: object } };
};

const fieldsOf = (detail: object | undefined): string[] => Object.keys(detail ?? {}).sort();

test.each(ROWS)('the local simulator and %s are of one shape, and decided alike', async (id, type, place, make) => {
  const { input, expected } = await caseOf(id);
  const to = expected.map((line) => ('address' in line ? line.address : null)).filter((each) => each !== null);
  const detail = make(to);
  expect(fieldsOf(detail)).toEqual(fieldsOf(input[place]));
  const mail = { timestamp: ACCEPTED.toISOString(), messageId: 'm', destination: to };
  expect(messageLines({ eventType: type, mail, [place]: detail }, DEFAULT_POLICY)).toEqual(expected);
});
