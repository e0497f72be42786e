import { Draw } from '../draw.ts';
import type { StormSize } from './events.ts';

const DOUBLED = 0.1;
const FAR = 0.1;
const NEAR = 300;

/**
 * The order in which messages arrive, as ordinals of events: every event at least once, one in ten twice or more, most a
 * little out of order and some by a third of the whole storm.
 */
export const arrivals = ({ seed, events }: StormSize): Int32Array => {
  const draw = new Draw(seed, -1);
  const places: { readonly event: number; readonly at: number }[] = [];
  const arrive = (event: number): void => {
    const off = draw.is(FAR) ? (draw.next() - 0.5) * (events / 1.5) : (draw.next() - 0.5) * 2 * NEAR;
    places.push({ event, at: event + off });
  };
  for (let event = 0; event < events; event += 1) {
    arrive(event);
    while (draw.is(DOUBLED)) arrive(event);
  }
  places.sort((a, b) => a.at - b.at);
  return Int32Array.from(places, ({ event }) => event);
};
