import type { EntryView, EvidenceView } from '../../../api.ts';

/** One thing on the timeline of an entry. */
export type Moment = { readonly at: string } & (
  | { readonly kind: 'evidence'; readonly evidence: EvidenceView }
  | { readonly kind: 'delivery'; readonly messageId: string; readonly meaning: string }
  | { readonly kind: 'operator'; readonly decision: NonNullable<EntryView['operator']> }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'forgotten' }
);

/** What comes first of what has the same time: a decision is about what was there before. */
const ORDER = ['evidence', 'delivery', 'operator', 'cleared', 'forgotten'];

/** All that happened to an entry, oldest first. */
export const momentsOf = ({ evidence, deliveries, operator, clearedAt, forgottenAt }: EntryView): readonly Moment[] => {
  const moments: Moment[] = [
    ...evidence.map((piece) => ({ kind: 'evidence', at: piece.at, evidence: piece }) as const),
    ...deliveries.map((delivery) => ({ kind: 'delivery', ...delivery }) as const),
    ...(operator === null ? [] : [{ kind: 'operator', at: operator.at, decision: operator } as const]),
    ...(clearedAt === null ? [] : [{ kind: 'cleared', at: clearedAt } as const]),
    ...(forgottenAt === null ? [] : [{ kind: 'forgotten', at: forgottenAt } as const]),
  ];
  return moments.sort((a, b) => (a.at === b.at ? ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) : a.at < b.at ? -1 : 1));
};
