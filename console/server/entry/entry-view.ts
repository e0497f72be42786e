import { headline } from '../../../cli/explain/headline.ts';
import { liftsOf, pinEnds } from '../../../cli/explain/lifts.ts';
import { isOfOtherPolicy } from '../../../cli/explain/other-policy.ts';
import { strikeCountWords, toldDeliveries } from '../../../cli/explain/strike-words.ts';
import type { Told } from '../../../cli/explain/told.ts';
import { isLifting, weigher } from '../../../cli/explain/weight.ts';
import { isoOrNull } from '../../../cli/output/json-line.ts';
import { PLAIN } from '../../../cli/output/paint.ts';
import type { Policy } from '../../../core/contract/index.ts';
import { ruleOf } from '../../../core/decisions/decide.ts';
import { blocks } from '../../../core/entry/derive.ts';
import type { Evidence } from '../../../core/entry/entry.ts';
import { reasonsInForce } from '../../../core/entry/in-force.ts';
import { type Instant, toIso } from '../../../core/instant.ts';
import type { EntryView, EvidenceView } from '../../api.ts';

const evidenceView = (piece: Evidence, weight: string, inForce: boolean): EvidenceView => {
  const { id, at, rule, reason, type, subtype, status, messageId, diagnostic, reported } = piece;
  const row = ruleOf(rule);
  return {
    id,
    at: toIso(at),
    rule,
    reason,
    because: row?.because ?? null,
    source: row?.source ?? null,
    weight,
    inForce,
    lifts: isLifting(reason),
    type,
    subtype: subtype ?? null,
    status: status ?? null,
    messageId: messageId ?? null,
    diagnostic: diagnostic ?? null,
    reported: reported ?? null,
  };
};

/** Why an entry stands as it does: what `explain` says, for a page. */
export const entryView = (told: Told, policy: Policy, now: Instant): EntryView => {
  const { entry, standing, updatedAt = null, expiresAt } = told;
  const { scope, clearedAt, forgottenAt, operator } = entry;
  const { status, reason = null, since, until } = standing;
  const weightOf = weigher(entry, policy, now);
  const inForce = new Set(
    reasonsInForce(entry, policy)
      .filter((each) => each.until === null || each.until > now)
      .flatMap(({ pieces }) => pieces),
  );
  return {
    scope,
    status,
    reason,
    since: isoOrNull(since),
    until: isoOrNull(until),
    blocks: blocks(standing, now),
    headline: headline(told, { policy, now, paint: PLAIN }),
    evidence: entry.evidence.map((piece) => evidenceView(piece, weightOf(piece), inForce.has(piece))),
    deliveries: toldDeliveries(entry, policy).map((each) => ({ ...each, at: toIso(each.at) })),
    strikes: strikeCountWords(entry, policy),
    operator: operator === undefined ? null : { ...operator, at: toIso(operator.at) },
    clearedAt: isoOrNull(clearedAt),
    forgottenAt: isoOrNull(forgottenAt),
    lifts: liftsOf(told, { policy, now }),
    pinEnds: pinEnds(told),
    otherPolicy: isOfOtherPolicy(told, policy),
    updatedAt,
    expiresAt: isoOrNull(expiresAt),
  };
};
