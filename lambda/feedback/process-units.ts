import { type Classified, classify, isVerdict } from '../../core/decisions/classify.ts';
import { factsOf } from '../../core/decisions/facts.ts';
import { type Entry, keyText } from '../../core/entry/entry.ts';
import { type KeyedMail, keyedMail } from '../../core/feedback/keyed-mail.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { type Learnt, learn } from '../../core/ledger/learn.ts';
import { type Settled, settle } from '../../core/messages/settle.ts';
import type { FeedbackDeps } from './deps.ts';
import type { Unit } from './unit.ts';

/** Units set aside at once. */
const PARALLEL = 16;

/** A unit with all that was read in it. */
interface ReadUnit {
  readonly unit: Unit;
  readonly messages: readonly Classified[];
  readonly facts: readonly Entry[];
  /** Mails with a key that its messages are about. */
  readonly mails: readonly KeyedMail[];
}

/** What became of the units of one invocation. */
export interface Processed {
  /** Messages of the units that are done and may be acknowledged. */
  readonly done: readonly Classified[];
  /** Units to be delivered again, each with the fault that stopped it. */
  readonly failed: ReadonlyMap<Unit, Error>;
  readonly learnt: ReadonlyMap<string, Learnt>;
  /** Sends of unknown outcome that are known now. */
  readonly settled: number;
  /** Records of sends that nobody can read: their feedback is acknowledged all the same. */
  readonly stuck: Settled['stuck'];
}

const readUnit = (unit: Unit, { policy, settling }: FeedbackDeps): ReadUnit => {
  const opened = openEnvelope(unit.input);
  const messages = opened.map((each) => classify(each, policy));
  const facts = messages
    .flatMap((message) => (message.kind === 'decided' ? message.lines : []))
    .map((line) => (isVerdict(line) && line.event !== undefined ? factsOf(line.event, line.decision) : undefined))
    .filter((entry) => entry !== undefined);
  const mails =
    settling === undefined
      ? []
      : opened
          .map((each) => (each.kind === 'message' ? keyedMail(each) : undefined))
          .filter((mail) => mail !== undefined);
  return { unit, messages, facts, mails };
};

/** Sets a unit aside if anything in it is malformed: retrying cannot mend it. */
const park = async ({ unit, messages }: ReadUnit, { deadLetters }: FeedbackDeps): Promise<void> => {
  const bad = messages.find((message) => message.kind === 'malformed');
  if (bad?.kind === 'malformed') await deadLetters.park({ body: unit.body(), ...bad.problem });
};

const NOTHING_SETTLED: Settled = { settled: 0, failed: new Map(), stuck: new Map() };

/** Learns and settles what all units say, with one read for both. */
const apply = async (
  units: readonly ReadUnit[],
  { ledger, policy, settling }: FeedbackDeps,
): Promise<Settled & Pick<Processed, 'learnt'>> => {
  const facts = units.flatMap((unit) => unit.facts);
  const mails = units.flatMap((unit) => unit.mails);
  if (settling === undefined || mails.length === 0)
    return { ...NOTHING_SETTLED, learnt: await learn(ledger, facts, policy) };
  const { entries, records } = await settling.readWith(
    facts,
    mails.map(({ key }) => key),
  );
  const [learnt, settled] = await Promise.all([
    learn(ledger, facts, policy, entries),
    settle(mails, records, settling),
  ]);
  return { ...settled, learnt };
};

const faultIn = (
  { facts, mails }: ReadUnit,
  { learnt, failed }: Awaited<ReturnType<typeof apply>>,
): Error | undefined => {
  for (const entry of facts) {
    const learning = learnt.get(keyText(entry));
    if (learning?.outcome === 'failed') return learning.error;
  }
  return mails.map(({ key }) => failed.get(key)).find((fault) => fault !== undefined);
};

/**
 * Reads every unit, merges what all of them say with one read of the list and one write for each entry that changes,
 * settles sends of unknown outcome in the same read, and sets malformed units aside. A fault fails the units it touches and no others.
 *
 * @throws never
 */
export const processUnits = async (units: readonly Unit[], deps: FeedbackDeps): Promise<Processed> => {
  const read = units.map((unit) => readUnit(unit, deps));
  const applied = await apply(read, deps);
  const failed = new Map<Unit, Error>();
  const done: Classified[] = [];
  await inParallel(PARALLEL, read, async (each) => {
    try {
      const fault = faultIn(each, applied);
      if (fault !== undefined) throw fault;
      await park(each, deps);
      // one by one: there is no limit to how many messages a unit can hold, but there is one to arguments
      for (const message of each.messages) done.push(message);
    } catch (error) {
      failed.set(each.unit, error instanceof Error ? error : new Error(String(error)));
    }
  });
  const { learnt, settled, stuck } = applied;
  return { done, failed, learnt, settled, stuck };
};
