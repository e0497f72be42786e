import fc from 'fast-check';
import { parseMailbox } from '../../../core/address/address.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { classify } from '../../../core/decisions/classify.ts';
import { factsOf } from '../../../core/decisions/facts.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { parseEpochMillis, parseInstant, toIso } from '../../../core/instant.ts';
import { cleanText, quote } from '../../../core/text.ts';
import { eventBridge, onFailure, snsEvent, sqsEvent } from '../envelopes.ts';
import { bounce, complaint, delivery, preferences, subscription } from '../messages.ts';

const CODES = [
  'NotJson',
  'NotAnObject',
  'NoType',
  'BadEnvelope',
  'TooDeep',
  'RecipientsNotAList',
  'NoUsableTime',
  'NoUsableAddress',
];

/** Every answer must be one of the known kinds, and what is learnt must be a whole entry. */
const answers = (input: unknown): void => {
  for (const opened of openEnvelope(input)) {
    const found = classify(opened, DEFAULT_POLICY);
    if (found.kind === 'malformed') {
      expect(CODES).toContain(found.problem.code);
      expect(found.problem.message.length).toBeLessThan(400);
      continue;
    }
    expect(found.lines.length).toBeGreaterThan(0);
    for (const line of found.lines) {
      if (!('decision' in line) || line.event === undefined) continue;
      expect(Number.isSafeInteger(line.event.at)).toBe(true);
      const facts = factsOf(line.event, line.decision);
      expect(facts === undefined).toBe(line.decision.effect === 'none');
    }
  }
};

const string = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
);

test('nothing throws on any string', () => {
  fc.assert(
    fc.property(string, fc.nat({ max: 80 }), (raw, limit) => {
      answers(raw);
      expect(typeof parseMailbox(raw).ok).toBe('boolean');
      const clean = cleanText(raw, limit);
      expect(clean.length).toBeLessThanOrEqual(limit);
      expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(clean.isWellFormed()).toBe(true);
      const at = parseInstant(raw) ?? parseEpochMillis(raw);
      if (at !== undefined) expect(toIso(at)).toMatch(/^\d{4}-/);
    }),
    { numRuns: 2000 },
  );
});

test('nothing throws on any value', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withNullPrototype: true,
  });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), anything), (value) => {
      answers(value);
      expect(typeof parseMailbox(value).ok).toBe('boolean');
      expect(parseInstant(value) === undefined || typeof value === 'string').toBe(true);
      expect(quote(value).length).toBeLessThanOrEqual(200);
    }),
    { numRuns: 2000 },
  );
});

const TEMPLATES = [
  bounce(),
  bounce({ subtype: 'UnsubscribedRecipient', tags: { stream: ['s'] } }),
  complaint(),
  delivery(),
  subscription(preferences({ a: 'OptIn' }), preferences({ a: 'OptOut' }, { unsubscribeAll: true })),
  eventBridge(bounce()),
  sqsEvent(bounce()),
  snsEvent(complaint()),
  onFailure(snsEvent(bounce())),
].map((template) => JSON.stringify(template));

const places = (value: unknown, path: string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];

/** The template with whatever stands at a place replaced, or taken out. */
const replaced = (template: string, place: number, value: unknown, remove: boolean): unknown => {
  const copy = JSON.parse(template) as Record<string, unknown>;
  const inner = places(copy).filter((path) => path.length > 0);
  const path = inner[place % inner.length] ?? [];
  let at: Record<string, unknown> = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = path[path.length - 1] ?? '';
  if (remove && Array.isArray(at)) at.splice(Number(last), 1);
  else if (remove) delete at[last];
  else at[last] = value;
  return copy;
};

test('nothing throws on a real message with anything in the place of any field', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(null, '', [], {}, 0, [null], [[]], 'x@y.example'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...TEMPLATES), fc.nat(), value, fc.boolean(), (template, place, put, remove) => {
      const input = replaced(template, place, put, remove);
      answers(input);
      answers(JSON.stringify(input));
    }),
    { numRuns: 2500 },
  );
});
