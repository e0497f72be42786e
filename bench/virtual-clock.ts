import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../core/instant.ts';

/** Turns of the event loop without a request under way, after which everybody is taken to be asleep. */
const IDLE_TURNS = 50;

/** Time that passes only while everybody sleeps: how fast the machine is changes nothing that is counted by it. */
export interface VirtualClock {
  readonly now: () => Instant;
  readonly sleep: (ms: number) => Promise<void>;
  /** Lets time pass at once. */
  readonly skip: (ms: number) => void;
  /** No time passes while this client has a request under way. */
  readonly watch: (client: DynamoDBClient) => void;
}

interface Sleeper {
  readonly at: Instant;
  readonly wake: () => void;
}

/** @param began - what it shows first, milliseconds since the epoch */
export const virtualClock = (began: Instant): VirtualClock => {
  let time = began;
  let requests = 0;
  let idle = 0;
  let isTicking = false;
  let sleepers: Sleeper[] = [];

  const tick = (): void => {
    idle = requests === 0 ? idle + 1 : 0;
    if (idle >= IDLE_TURNS) {
      idle = 0;
      const at = Math.min(...sleepers.map((each) => each.at));
      const awake = sleepers.filter((each) => each.at <= at);
      sleepers = sleepers.filter((each) => each.at > at);
      time = Math.max(time, at);
      for (const { wake } of awake) wake();
    }
    isTicking = sleepers.length > 0;
    if (isTicking) setImmediate(tick);
  };

  return {
    now: () => time,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ at: time + ms, wake });
        if (isTicking) return;
        isTicking = true;
        idle = 0;
        setImmediate(tick);
      }),
    skip: (ms) => {
      time += ms;
    },
    watch: (client) =>
      client.middlewareStack.add(
        (next) => async (args) => {
          requests += 1;
          try {
            return await next(args);
          } finally {
            requests -= 1;
            idle = 0;
          }
        },
        { step: 'initialize' },
      ),
  };
};
