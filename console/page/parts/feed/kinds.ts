import type { FeedItem } from '../../../api.ts';
import type { Tone } from '../badge.tsx';
import type { Option } from '../choice.tsx';

/** What a line is, to be shown and chosen by: SES's type where it is feedback, else what happened. */
export const kindOf = ({ what, type }: FeedItem): string => (what === 'feedback' ? (type ?? 'feedback') : what);

const NAMES: Readonly<Record<string, string>> = {
  accepted: 'Accepted',
  withheld: 'Withheld',
  failed: 'Failed',
  changed: 'Changed',
  'set-aside': 'Set aside',
  notice: 'Alarm',
  feedback: 'Feedback',
  DeliveryDelay: 'Delivery delay',
};

const TONES: Readonly<Record<string, Tone>> = {
  Bounce: 'bad',
  Complaint: 'bad',
  Reject: 'bad',
  'Rendering Failure': 'bad',
  failed: 'bad',
  'set-aside': 'bad',
  DeliveryDelay: 'notice',
  withheld: 'notice',
  notice: 'notice',
  Delivery: 'good',
  Subscription: 'accent',
  changed: 'accent',
};

/** A kind in words; SES's types stay as SES writes them. */
export const kindName = (kind: string): string => NAMES[kind] ?? kind;

/** How an effect on the list is coloured. */
export const effectTone = (effect: string): Tone => {
  if (effect === 'suppress') return 'bad';
  if (effect === 'hold' || effect === 'strike') return 'notice';
  return effect === 'lift' || effect === 'reset' ? 'good' : 'plain';
};

/** How a line is coloured: a bounce by what it does to the list, since many do nothing. */
export const toneOf = (item: FeedItem): Tone => {
  const kind = kindOf(item);
  return kind === 'Bounce' && item.effect !== null ? effectTone(item.effect) : (TONES[kind] ?? 'plain');
};

/** Kinds that are always there to be chosen, by what the feed can show. */
const USUAL = {
  all: [
    'accepted',
    'withheld',
    'failed',
    'Bounce',
    'Complaint',
    'Delivery',
    'DeliveryDelay',
    'Subscription',
    'set-aside',
    'notice',
  ],
  list: ['changed'],
} as const;

/** What to choose from: the usual kinds, those that were seen, and those that are chosen. */
export const kindOptions = (
  of: 'all' | 'list',
  items: readonly FeedItem[],
  chosen: readonly string[],
): readonly Option[] =>
  [...new Set([...USUAL[of], ...items.map(kindOf), ...chosen])].map((value) => ({ value, label: kindName(value) }));
