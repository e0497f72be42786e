import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { type Address, parseAddress } from '../../core/address/address.ts';
import type { Policy } from '../../core/contract/index.ts';
import { classify, isVerdict } from '../../core/decisions/classify.ts';
import { factsOf } from '../../core/decisions/facts.ts';
import { derive } from '../../core/entry/derive.ts';
import { type Entry, emptyEntry, keysToCheck, keyText } from '../../core/entry/entry.ts';
import { openEnvelope } from '../../core/feedback/open-envelope.ts';
import { type Instant, parseInstant, toIso } from '../../core/instant.ts';
import { learn } from '../../core/ledger/learn.ts';
import { optIn, optOut } from '../../core/ledger/opt.ts';
import { blockOf } from '../../core/send/partition.ts';
import type { Question, Step } from '../corpus/format.ts';

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** A step as a runner gets it: without its name. */
export type PlayedStep = Without<Step, 'name'>;
/** A question as a runner gets it: without what is expected. */
export type AskedQuestion = Without<Question, 'expected'>;

const keyOf = (raw: string): Address => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};

const timeOf = (raw: string): Instant => {
  const at = parseInstant(raw);
  if (at === undefined) throw new Error(`${raw} is no time`);
  return at;
};

const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));

const factsIn = (message: unknown, policy: Policy): Entry[] =>
  openEnvelope(message)
    .map((opened) => classify(opened, policy))
    .flatMap((classified) => (classified.kind === 'decided' ? classified.lines : []))
    .map((line) => (isVerdict(line) && line.event !== undefined ? factsOf(line.event, line.decision) : undefined))
    .filter((facts) => facts !== undefined);

const take = async (ledger: MemoryLedger, step: PlayedStep, policy: Policy): Promise<void> => {
  if ('choice' in step) {
    const { action, address, stream, at: raw } = step.choice;
    const at = timeOf(raw);
    const choice = { key: { address: keyOf(address), scope: stream }, at };
    await (action === 'opt-out' ? optOut : optIn)(ledger, choice, policy, at);
    return;
  }
  if ('message' in step) {
    await learn(ledger, factsIn(step.message, policy), policy);
    return;
  }
  const { action, address, scope, at: raw, by, note } = step.operator;
  const at = timeOf(raw);
  const entry = { ...emptyEntry({ address: keyOf(address), scope }), operator: { action, at, by, note } };
  await learn(ledger, [action === 'remove' ? { ...entry, clearedAt: at } : entry], policy);
};

const answer = async (ledger: MemoryLedger, question: AskedQuestion, policy: Policy): Promise<object | null> => {
  const address = keyOf(question.address);
  if (question.ask === 'mail') {
    const { stream, at } = question;
    const { found } = await ledger.standings(keysToCheck(address, stream));
    const block = blockOf(address, stream, found, timeOf(at));
    if (block === undefined) return { blocked: false };
    const { reason, scope, until } = block;
    return { blocked: true, reason, scope, until };
  }
  const key = { address, scope: question.scope };
  const stored = (await ledger.read([key])).found.get(keyText(key));
  if (stored === undefined) return null;
  const { status, reason = null, since, until } = derive(stored.entry, policy);
  return { status, reason, since: isoOrNull(since), until: isoOrNull(until) };
};

/**
 * Plays a sequence on a list of its own and answers its questions, each when its turn comes: with the very functions that
 * feedback and sends go through, on a table in memory.
 *
 * @returns one answer a question, in their order
 * @throws Error for a step or question that cannot be
 */
export const playSequence = async (
  steps: readonly PlayedStep[],
  questions: readonly AskedQuestion[],
  policy: Policy,
): Promise<readonly (object | null)[]> => {
  const ledger = new MemoryLedger({ now: () => 0 });
  const answers = new Map<AskedQuestion, object | null>();
  for (const [i, step] of steps.entries()) {
    await take(ledger, step, policy);
    for (const question of questions)
      if ((question.after ?? steps.length) === i + 1) answers.set(question, await answer(ledger, question, policy));
  }
  return questions.map((question) => answers.get(question) ?? null);
};
