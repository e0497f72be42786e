import { type Classified, classify, isVerdict } from '../../core/decisions/classify.ts';
import { factsOf } from '../../core/decisions/facts.ts';
import { type Entry, keyText } from '../../core/entry/entry.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { type Learnt, learn } from '../../core/ledger/learn.ts';
import type { FeedbackDeps } from './deps.ts';
import type { Unit } from './unit.ts';

/** Units set aside at once. */
const PARALLEL = 16;

/** A unit with all that was read in it. */
interface ReadUnit {
  readonly unit: Unit;
  readonly messages: readonly Classified[];
  readonly facts: readonly Entry[];
}

/** What became of the units of one invocation. */
export interface Processed {
  /** Messages of the units that are done and may be acknowledged. */
  readonly done: readonly Classified[];
  /** Units to be delivered again, each with the fault that stopped it. */
  readonly failed: ReadonlyMap<Unit, Error>;
  readonly learnt: ReadonlyMap<string, Learnt>;
}

const readUnit = (unit: Unit, { policy }: FeedbackDeps): ReadUnit => {
  const messages = openEnvelope(unit.input).map((opened) => classify(opened, policy));
  const facts = messages
    .flatMap((message) => (message.kind === 'decided' ? message.lines : []))
    .map((line) => (isVerdict(line) && line.event !== undefined ? factsOf(line.event, line.decision) : undefined))
    .filter((entry) => entry !== undefined);
  return { unit, messages, facts };
};

/** Sets a unit aside if anything in it is malformed: retrying cannot mend it. */
const park = async ({ unit, messages }: ReadUnit, { deadLetters }: FeedbackDeps): Promise<void> => {
  const bad = messages.find((message) => message.kind === 'malformed');
  if (bad?.kind === 'malformed') await deadLetters.park({ body: unit.body(), ...bad.problem });
};

const faultIn = ({ facts }: ReadUnit, learnt: Processed['learnt']): Error | undefined => {
  for (const entry of facts) {
    const learning = learnt.get(keyText(entry));
    if (learning?.outcome === 'failed') return learning.error;
  }
  return undefined;
};

/**
 * Reads every unit, merges what all of them say with one read of the list and one write for each entry that changes,
 * and sets malformed ones aside. A fault fails the units it touches and no others.
 *
 * @throws never
 */
export const processUnits = async (units: readonly Unit[], deps: FeedbackDeps): Promise<Processed> => {
  const read = units.map((unit) => readUnit(unit, deps));
  const allFacts = read.flatMap(({ facts }) => facts);
  const learnt = await learn(deps.ledger, allFacts, deps.policy);
  const failed = new Map<Unit, Error>();
  const done: Classified[] = [];
  await inParallel(PARALLEL, read, async (each) => {
    try {
      const fault = faultIn(each, learnt);
      if (fault !== undefined) throw fault;
      await park(each, deps);
      done.push(...each.messages);
    } catch (error) {
      failed.set(each.unit, error instanceof Error ? error : new Error(String(error)));
    }
  });
  return { done, failed, learnt };
};
