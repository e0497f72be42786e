import { hashKey } from '../../../core/messages/key-hash.ts';
import { Draw } from '../draw.ts';
import type { Call } from './chronicle.ts';
import { type Decider, startDecider } from './decider.ts';
import { deliveryOf } from './decision-message.ts';
import { decisionOf, populationOf, requestOf, type SendStormSize, type StormRequest } from './requests.ts';
import { type Sender, startSender } from './sender.ts';
import type { World } from './world.ts';

/** The answers to the keys that were asked for once more at the end, by ordinal. */
export interface Asked {
  readonly call: Call;
  /** Feedback of its mail was fed back before. */
  readonly isSettled: boolean;
}

const MOST_ARRAY = 10;
const REPEATS = 3;
const OUTAGE_SENDS = 0.01;
/** Longer than any invocation runs: who has not come back by then is dead. */
const DEAD_MS = 20 * 60 * 1000;

/** One of those who work on the storm at the same time. */
interface Worker {
  readonly sender: Sender;
  /** The other half of a caller's client that sends everything twice. */
  readonly double: Sender;
  readonly decider: Decider;
}

/** Whether the caller's own client sends the request once more. */
const isRepeated = ({ key }: StormRequest, { told }: Call): boolean => {
  if (told.kind === 'answer') return false;
  return told.kind === 'killed' ? key !== undefined : told.error.retryable;
};

const sendAlone = async (request: StormRequest, { sender, double }: Worker): Promise<void> => {
  for (let tries = 0; tries <= REPEATS; tries += 1) {
    const twice = request.isDoubled ? double.invoke([request], false) : undefined;
    const [call] = await sender.invoke([request], false);
    await twice;
    if (call === undefined || !isRepeated(request, call)) return;
  }
};

const sendTogether = async (requests: readonly StormRequest[], { sender }: Worker): Promise<void> => {
  let open = requests;
  for (let tries = 0; tries <= REPEATS && open.length > 0; tries += 1) {
    const calls = await sender.invoke(open, true);
    open = open.filter((request, i) => isRepeated(request, calls[i] as Call));
  }
};

/** Work in the order in which it is begun: requests, alone or several together, and what the list learns meanwhile. */
function* agenda(size: SendStormSize): Generator<(worker: Worker) => Promise<void>> {
  const draw = new Draw(size.seed, 5);
  const every = size.sends / Math.ceil(populationOf(size) / 2);
  let decided = 0;
  for (let ordinal = 0; ordinal < size.sends; ) {
    for (; decided * every <= ordinal; decided += 1) {
      const decision = decisionOf(size, decided);
      yield ({ decider }) => decider.decide(decision);
    }
    const count = draw.is(0.05) ? Math.min(1 + draw.below(MOST_ARRAY), size.sends - ordinal) : 0;
    const requests = Array.from({ length: Math.max(1, count) }, (_, i) => requestOf(size, ordinal + i));
    yield (worker) => (count > 0 ? sendTogether(requests, worker) : sendAlone(requests[0] as StormRequest, worker));
    ordinal += requests.length;
  }
}

const together = async (
  workers: readonly Worker[],
  work: Iterator<(worker: Worker) => Promise<void>>,
): Promise<void> => {
  const one = async (worker: Worker): Promise<void> => {
    for (let next = work.next(); !next.done; next = work.next()) await next.value(worker);
  };
  await Promise.all(workers.map(one));
};

/**
 * Sends everything while the list learns; then with the tables out; then, when whoever was at it is dead for certain, has SES
 * report on half of the mails with a key and asks every key once more.
 */
export const runSends = async (
  size: SendStormSize,
  world: World,
  outage: (isOut: boolean) => void,
  workers: number,
): Promise<ReadonlyMap<number, Asked>> => {
  let isOut = false;
  const all: Worker[] = Array.from({ length: workers }, (_, i) => ({
    sender: startSender(world, 2 * i, () => isOut),
    double: startSender(world, 2 * i + 1, () => isOut),
    decider: startDecider(world, i),
  }));
  const asked = new Map<number, Asked>();
  const { chronicle } = world;
  try {
    await together(all, agenda(size));

    isOut = true;
    outage(true);
    const duringOutage = Array.from({ length: Math.max(10, size.sends * OUTAGE_SENDS) }, (_, i) => size.sends + i);
    await together(
      all,
      duringOutage
        .map((ordinal) => async ({ sender }: Worker) => {
          await sender.invoke([requestOf(size, ordinal)], false);
        })
        .values(),
    );
    isOut = false;
    outage(false);

    world.pass(DEAD_MS);
    const takenByKey = new Map(chronicle.taken.map((mail) => [mail.key, mail]));
    const draw = new Draw(size.seed, 6);
    const keyed = Array.from({ length: size.sends }, (_, ordinal) => requestOf(size, ordinal)).filter(
      ({ key }) => key !== undefined,
    );
    await together(
      all,
      keyed
        .map((request) => {
          const mail = takenByKey.get(hashKey(request.key ?? ''));
          const isSettled = mail !== undefined && draw.is(0.5);
          return async ({ sender, decider }: Worker) => {
            if (isSettled)
              await decider.feed(deliveryOf(hashKey(request.key ?? ''), mail.messageId, mail.recipients, world.now()));
            const [call] = await sender.invoke([request], false);
            if (call !== undefined) asked.set(request.ordinal, { call, isSettled });
          };
        })
        .values(),
    );
  } finally {
    for (const { sender, double, decider } of all) for (const each of [sender, double, decider]) each.close();
  }
  return asked;
};
