import type { Wires } from '../../adapters/identity-notifications.ts';
import { Metric, type NotificationType, type ReassertEvent, wireId } from '../../core/contract/index.ts';
import type { IdentityDeps, WireOutcome } from './deps.ts';

/** Identities SES describes in one call. */
const IDENTITIES_PER_READ = 100;

/** How many wires did not lead to the stack's topic, by what became of them. */
export type Reasserted = Readonly<Record<WireOutcome, number>>;

const reassertWire = async (
  identity: string,
  type: NotificationType,
  wires: Wires | undefined,
  deps: IdentityDeps,
): Promise<WireOutcome | 'fine'> => {
  const wire = wireId(identity, type);
  const topic = wires?.[type].topic ?? null;
  if (topic === deps.topicArn) return 'fine';
  if (topic !== null) {
    deps.log.warn('another system has taken the wire; it is left alone', { wire, topic });
    return 'taken';
  }
  try {
    await deps.identities.setTopic(identity, type, deps.topicArn);
    deps.log.warn('nothing was set; set again', { wire });
    return 'rewired';
  } catch (error) {
    deps.log.error('could not be set again', { wire, error });
    return 'failed';
  }
};

/**
 * Sets again what SES has un-wired: it drops a topic it cannot publish to and says so only by mail. A topic that
 * another system has set since is left alone, also where the deployment was allowed to replace one: whoever changed
 * it came later. Counts what was found, one metric an outcome; nothing found, nothing counted.
 *
 * @throws only if the wires cannot be read: what goes wrong with one wire does not keep the others
 */
export const reassert = async (event: ReassertEvent, deps: IdentityDeps): Promise<Reasserted> => {
  const found = { rewired: 0, taken: 0, failed: 0 };
  for (let from = 0; from < event.identities.length; from += IDENTITIES_PER_READ) {
    const identities = event.identities.slice(from, from + IDENTITIES_PER_READ);
    const wires = await deps.identities.read(identities);
    for (const identity of identities)
      for (const type of event.types) {
        const outcome = await reassertWire(identity, type, wires.get(identity), deps);
        if (outcome !== 'fine') found[outcome] += 1;
      }
  }
  for (const outcome of ['rewired', 'taken', 'failed'] as const)
    if (found[outcome] > 0) deps.counts.add(Metric.IDENTITY_UNWIRED, outcome, found[outcome]);
  deps.counts.flush();
  return found;
};
