import { entryJson } from '../../../cli/explain/entry-json.ts';
import { headline } from '../../../cli/explain/headline.ts';
import type { Told } from '../../../cli/explain/told.ts';
import { isoOrNull } from '../../../cli/output/json-line.ts';
import { PLAIN } from '../../../cli/output/paint.ts';
import type { Policy } from '../../../core/contract/index.ts';
import { ruleOf } from '../../../core/decisions/decide.ts';
import type { Standing } from '../../../core/entry/derive.ts';
import type { Entry, EntryKey, Evidence } from '../../../core/entry/entry.ts';
import { type Instant, toIso } from '../../../core/instant.ts';
import { type FeedLine, feedItem } from './feed-line.ts';
import { rawJson } from './raw-text.ts';

const LACKS =
  "SES's message itself is not kept by this deployment; the entry has the facts that were taken from it. Removals and single soft bounces leave the index of the list, so this feed does not see them.";

const ACTION = { add: 'added', allow: 'allowed', remove: 'removed' } as const;

const effectOf = ({ status, until }: Standing): string => {
  if (status !== 'suppressed') return 'lift';
  return until === undefined ? 'suppress' : 'hold';
};

const newestOf = ({ evidence }: Entry): Evidence | undefined =>
  evidence.reduce<Evidence | undefined>(
    (last, piece) => (last === undefined || piece.at >= last.at ? piece : last),
    undefined,
  );

/** What SES's or a server's words say of a piece. */
const ofPiece = ({ subtype, diagnostic }: Evidence): string =>
  [subtype, diagnostic].filter((part) => part !== undefined && part !== '').join(', ');

/** What is known of the newest thing that happened to an entry: evidence, or a person's decision. */
const newest = (entry: Entry): Pick<FeedLine['item'], 'type' | 'rule' | 'messageId' | 'finding'> => {
  const piece = newestOf(entry);
  const { operator } = entry;
  if (operator !== undefined && (piece === undefined || operator.at >= piece.at)) {
    const by = operator.by === '' ? 'an operator' : operator.by;
    const note = operator.note === '' ? '' : `: ${operator.note}`;
    return { type: null, rule: null, messageId: null, finding: `${ACTION[operator.action]} by ${by}${note}` };
  }
  if (piece === undefined) return { type: null, rule: null, messageId: null, finding: '' };
  return { type: piece.type, rule: piece.rule, messageId: piece.messageId ?? null, finding: ofPiece(piece) };
};

/**
 * An entry that changed, as a line: how it stands now, and the newest of what it knows.
 *
 * @param at - when it was written, ISO 8601
 */
export const changedLine = (told: Told, at: string, policy: Policy, now: Instant): FeedLine => {
  const { entry, standing } = told;
  const { finding, ...what } = newest(entry);
  const { because = null, source = null } = ruleOf(what.rule ?? '') ?? {};
  return {
    item: feedItem({
      at,
      what: 'changed',
      ...what,
      addresses: [entry.address],
      effect: effectOf(standing),
      reason: standing.reason ?? null,
      scope: entry.scope,
      until: isoOrNull(standing.until),
      finding,
    }),
    told: {
      sentence: headline(told, { policy, now, paint: PLAIN }),
      because,
      source,
      raw: [rawJson('Entry in the table', entryJson(told))],
      lacks: LACKS,
    },
  };
};

/** An entry that changed and that nobody can read. */
export const unreadableLine = ({ address, scope }: EntryKey, at: string, fault: Error): FeedLine => {
  const finding = `EntryUnreadable: ${fault.message}`;
  return {
    item: feedItem({ at, what: 'changed', addresses: [address], scope, finding }),
    told: {
      sentence:
        'The entry changed and cannot be read: until it is mended, nobody can say whether this address may be mailed.',
      because: null,
      source: null,
      raw: [],
      lacks: LACKS,
    },
  };
};

/** More changed than one look takes. @param most - how many it takes */
export const moreLine = (most: number, now: Instant): FeedLine => {
  const finding = `More than ${most} entries changed since the last look; the older ones are not shown.`;
  const sentence = `${finding} The list has them all, newest change first.`;
  return {
    item: feedItem({ at: toIso(now), what: 'changed', finding }),
    told: { sentence, because: null, source: null, raw: [], lacks: null },
  };
};
