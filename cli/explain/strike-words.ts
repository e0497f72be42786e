import { type Address, isSimulator } from '../../core/address/address.ts';
import type { Policy } from '../../core/contract/index.ts';
import type { DeliveryFact, Entry } from '../../core/entry/entry.ts';
import { counted, timeWords } from '../output/words.ts';
import { strikesOf } from './weight.ts';

const holdWords = (holdDays: number | null, address: Address, policy: Policy): string => {
  if (isSimulator(address))
    return `held for ${counted(policy.simulatorHoldHours, 'hour')}, as everything of the simulator`;
  return holdDays === null ? 'suppressed without end' : `held for ${counted(holdDays, 'day')}`;
};

const deliveryMeaning = ({ at }: DeliveryFact, resetAt: number | undefined): string => {
  if (at === resetAt) return 'older strikes do not count';
  return resetAt !== undefined && at < resetAt ? '' : 'it resets nothing because that mail bounced afterwards';
};

/** A delivery that is remembered, and what it does to strikes. */
export interface ToldDelivery extends DeliveryFact {
  /** Empty: a later delivery has reset them since. */
  readonly meaning: string;
}

const hasStrikes = ({ evidence }: Entry): boolean => evidence.some(({ reason }) => reason === 'soft-bounce');

/** The strikes that count, and what the next one brings; nothing for an entry without strikes. */
export const strikeCountWords = (entry: Entry, policy: Policy): string[] => {
  if (!hasStrikes(entry)) return [];
  const { counted: strikes } = strikesOf(entry, policy);
  const next = policy.softBounceSteps.find((step) => step.strikes > strikes.length);
  const more = (next?.strikes ?? 0) - strikes.length;
  return [
    `${counted(strikes.length, 'strike day')} within ${policy.softBounceWindowDays} days`,
    next === undefined
      ? 'there is no further step'
      : `next step: ${counted(more, 'more strike day')} and it is ${holdWords(next.holdDays, entry.address, policy)}`,
  ];
};

/** The deliveries of an entry, and what each does to strikes. */
export const toldDeliveries = (entry: Entry, policy: Policy): ToldDelivery[] => {
  const { resetAt } = strikesOf(entry, policy);
  return entry.deliveries.map((delivery) => ({ ...delivery, meaning: deliveryMeaning(delivery, resetAt) }));
};

const deliveryWords = ({ at, meaning }: ToldDelivery): string => {
  const words = `delivered ${timeWords(at)}`;
  return meaning === '' ? words : `${words}: ${meaning}`;
};

/** Both, line by line; nothing for an entry without strikes. */
export const strikeWords = (entry: Entry, policy: Policy): string[] =>
  hasStrikes(entry) ? [...strikeCountWords(entry, policy), ...toldDeliveries(entry, policy).map(deliveryWords)] : [];
