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

const deliveryWords = ({ at }: DeliveryFact, resetAt: number | undefined): string => {
  if (at === resetAt) return `delivered ${timeWords(at)}: older strikes do not count`;
  return resetAt !== undefined && at < resetAt
    ? `delivered ${timeWords(at)}`
    : `delivered ${timeWords(at)}, which resets nothing because that mail bounced afterwards`;
};

/** The strikes that count, what the next one brings, and the deliveries that reset; nothing for an entry without strikes. */
export const strikeWords = (entry: Entry, policy: Policy): string[] => {
  if (!entry.evidence.some(({ reason }) => reason === 'soft-bounce')) return [];
  const { counted: strikes, resetAt } = strikesOf(entry, policy);
  const next = policy.softBounceSteps.find((step) => step.strikes > strikes.length);
  const more = (next?.strikes ?? 0) - strikes.length;
  return [
    `${counted(strikes.length, 'strike day')} within ${policy.softBounceWindowDays} days`,
    next === undefined
      ? 'there is no further step'
      : `next step: ${counted(more, 'more strike day')} and it is ${holdWords(next.holdDays, entry.address, policy)}`,
    ...entry.deliveries.map((delivery) => deliveryWords(delivery, resetAt)),
  ];
};
