import { ENVELOPES, type Line } from '../../conformance/corpus/format.ts';
import type { AddressCode } from '../../core/address/address.ts';
import { DECISION_RULES, DEFAULT_POLICY } from '../../core/contract/index.ts';
import { classify } from '../../core/decisions/classify.ts';
import { type Effect, RULES } from '../../core/decisions/rules.ts';
import { BLOCKING_REASONS, type LiftingReason } from '../../core/entry/entry.ts';
import type { FeedbackEvent } from '../../core/feedback/event.ts';
import { isFields, type MalformedCode, openEnvelope } from '../../core/feedback/open-envelope.ts';
import { corpus } from './corpus.ts';
import {
  BOUNCES,
  COMPLAINT_SUBTYPES,
  COMPLAINT_TYPES,
  DELAYS,
  OPTIONAL_FIELDS,
  STATUSES,
  TRAPS,
  TYPES,
} from './facts.ts';

type Fields = { readonly [name: string]: unknown };

const EFFECTS: { readonly [effect in Effect]: true } = {
  suppress: true,
  hold: true,
  strike: true,
  lift: true,
  reset: true,
  none: true,
};
const MALFORMED: { readonly [code in MalformedCode]: true } = {
  NotJson: true,
  NotAnObject: true,
  NoType: true,
  BadEnvelope: true,
  TooDeep: true,
  RecipientsNotAList: true,
  NoUsableTime: true,
  NoUsableAddress: true,
};
const NO_KEY: { readonly [code in AddressCode]: true } = {
  AddressSyntax: true,
  AddressNotOne: true,
  AddressNotAscii: true,
  AddressIpLiteral: true,
  AddressEmpty: true,
  AddressTooLong: true,
  AddressControlCharacter: true,
  AddressDomain: true,
  AddressNotText: true,
};
const LIFTING: { readonly [reason in LiftingReason]: true } = { 'not-spam': true, 'opted-in': true };

const messageCases = async () => (await corpus).cases.filter((each) => each.kind === 'messages');
const lines = async (): Promise<Line[]> => (await messageCases()).flatMap(({ expected }) => expected);
const decided = async () => (await lines()).filter((line) => 'rule' in line);
/** What is wanted and was not found. */
const missing = <T>(wanted: readonly T[], found: Iterable<unknown>): T[] => {
  const set = new Set(found);
  return wanted.filter((each) => !set.has(each));
};

/** The SES messages in all inputs, out of their envelopes. */
const messages = async (): Promise<Fields[]> =>
  (await messageCases()).flatMap(({ input }) =>
    openEnvelope(input).flatMap((opened) => (opened.kind === 'message' ? [opened.message] : [])),
  );
const detail = (message: Fields, name: string): Fields => {
  const found = message[name];
  return isFields(found) ? found : {};
};
const ofType = async (type: string, place: string): Promise<Fields[]> =>
  (await messages())
    .filter((message) => message.eventType === type || message.notificationType === type)
    .map((message) => detail(message, place));

test('every rule of the decision table is expected somewhere, and no other', async () => {
  const rules = [...DECISION_RULES, 'foreign-recipient'];
  const found = (await decided()).map(({ rule }) => rule);
  expect(missing(rules, found)).toEqual([]);
  expect(missing(found, rules)).toEqual([]);
  expect(RULES.map(({ id }) => id)).toEqual([...DECISION_RULES]);
});

/** What the decision table makes of an event, without the row of this id. */
const without = (id: string, event: FeedbackEvent): unknown =>
  RULES.find((rule) => rule.id !== id && rule.fits(event, DEFAULT_POLICY))?.outcome(event, DEFAULT_POLICY);

test.each(RULES.filter((rule) => rule.id !== 'other'))(
  'some case would notice if the row $id were not there',
  async ({ id }) => {
    const noticed = (await messageCases())
      .flatMap(({ input }) => openEnvelope(input))
      .map((opened) => classify(opened, DEFAULT_POLICY))
      .flatMap((classified) => (classified.kind === 'decided' ? classified.lines : []))
      .filter((line) => 'decision' in line && line.decision.rule === id && line.event !== undefined)
      .filter((line) => {
        if (!('decision' in line) || line.event === undefined) return false;
        const { effect, reason, scope } = line.decision;
        return JSON.stringify(without(id, line.event)) !== JSON.stringify({ effect, reason, scope });
      });
    expect(noticed.length).toBeGreaterThan(0);
  },
);

test('every effect is expected somewhere', async () => {
  expect(
    missing(
      Object.keys(EFFECTS),
      (await decided()).map(({ effect }) => effect),
    ),
  ).toEqual([]);
});

test('every reason that a message can bring is expected somewhere, and so is the one that people bring', async () => {
  const bySes = [...BLOCKING_REASONS.filter((reason) => reason !== 'manual'), ...Object.keys(LIFTING), 'delivered'];
  expect(
    missing(
      bySes,
      (await decided()).map(({ reason }) => reason),
    ),
  ).toEqual([]);
});

test('every reason is told by a sequence, as why a mail is withheld or by the entry that holds it', async () => {
  const answers = (await corpus).cases
    .flatMap((each) => (each.kind === 'sequences' ? each.questions : []))
    .map(({ expected }) => expected);
  const told = answers.map((expected) => (expected !== null && 'reason' in expected ? expected.reason : undefined));
  expect(missing(BLOCKING_REASONS, told)).toEqual([]);
});

test('every code of a malformed message is expected somewhere', async () => {
  const codes = (await lines()).map((line) => ('malformed' in line ? line.malformed : undefined));
  expect(missing(Object.keys(MALFORMED), codes)).toEqual([]);
});

test('every reason for a missing key is expected somewhere', async () => {
  const reasons = (await corpus).cases.map((each) =>
    each.kind === 'addresses' && 'reason' in each.expected ? each.expected.reason : undefined,
  );
  expect(missing(Object.keys(NO_KEY), reasons)).toEqual([]);
});

test('every envelope is met', async () => {
  expect(
    missing(
      ENVELOPES,
      (await messageCases()).map(({ envelope }) => envelope),
    ),
  ).toEqual([]);
});

test('every setting of the policy that decides anything is changed somewhere', async () => {
  const changed = (await corpus).cases.flatMap((each) => ('policy' in each ? Object.keys(each.policy ?? {}) : []));
  // a matter of sending, not of feedback
  const settings = Object.keys(DEFAULT_POLICY).filter((name) => name !== 'whenListUnavailable');
  expect(missing(settings, changed)).toEqual([]);
});

test('every type is met in every family that has it', async () => {
  const found = (await messages()).flatMap((message) =>
    ['eventType', 'notificationType'].map((key) => `${key} ${message[key]}`),
  );
  const setUp = (await decided()).map(({ type }) => `notificationType ${type}`);
  expect(missing(TYPES, [...found, ...setUp])).toEqual([]);
});

test('every bounce that SES documents is met, and some that it does not', async () => {
  const found = (await ofType('Bounce', 'bounce')).map((each) => `${each.bounceType}/${each.bounceSubType}`);
  expect(missing(BOUNCES, found)).toEqual([]);
  expect(missing(found, BOUNCES).length).toBeGreaterThan(5);
});

test('every status with a meaning of its own is met under a soft bounce', async () => {
  const soft = (await ofType('Bounce', 'bounce')).filter(({ bounceType }) => bounceType === 'Transient');
  const found = soft.flatMap(({ bouncedRecipients: list }) => (Array.isArray(list) ? list : []));
  expect(
    missing(
      STATUSES,
      found.map((each) => (isFields(each) ? each.status : undefined)),
    ),
  ).toEqual([]);
});

test('every type and subtype of complaint is met, absent ones too', async () => {
  const found = await ofType('Complaint', 'complaint');
  expect(
    missing(
      COMPLAINT_TYPES,
      found.map((each) => each.complaintFeedbackType),
    ),
  ).toEqual([]);
  expect(
    missing(
      COMPLAINT_SUBTYPES,
      found.map((each) => each.complaintSubType),
    ),
  ).toEqual([]);
});

test('every type of delay is met', async () => {
  expect(
    missing(
      DELAYS,
      (await ofType('DeliveryDelay', 'deliveryDelay')).map(({ delayType }) => delayType),
    ),
  ).toEqual([]);
});

test.each(OPTIONAL_FIELDS)('%s is met, and messages without it are', async (path) => {
  const [place = '', name = ''] = path.split('.');
  const found = (await messages()).filter((message) => isFields(message[place]));
  const having = found.filter((message) => name in detail(message, place));
  expect(having.length).toBeGreaterThan(0);
  expect(having.length).toBeLessThan(found.length);
});

test.each(Object.entries(TRAPS))('there is a case where %s', async (_trap, id) => {
  expect((await corpus).cases.map((each) => each.id)).toContain(id);
});
