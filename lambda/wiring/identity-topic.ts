import { NotificationRefused, type Wire } from '../../adapters/identity-notifications.ts';
import { type IdentityTopicProperties, wireId } from '../../core/contract/index.ts';
import type { IdentityDeps } from './deps.ts';

/** Another system has the wire, and nobody has allowed us to take it. */
export class TopicTaken extends Error {
  override readonly name = 'TopicTaken';
  readonly code = 'TOPIC_TAKEN';
}

/** SES does not know the identity in this region. */
export class IdentityUnknown extends Error {
  override readonly name = 'IdentityUnknown';
  readonly code = 'IDENTITY_UNKNOWN';
}

const taken = ({ Identity, NotificationType }: IdentityTopicProperties, topic: string): TopicTaken =>
  new TopicTaken(
    `${NotificationType} notifications of ${Identity} already go to ${topic}, and an identity has one topic a type. ` +
      `Nothing was changed. Either let our queue listen to that topic ("topics": ["${topic}"] in the configuration, ` +
      `and take ${Identity} out of "identities"), or set "replace": true: ` +
      'the topic is remembered and put back when the stack is removed.',
  );

const unknown = (identity: string): IdentityUnknown =>
  new IdentityUnknown(
    `SES does not know the identity ${identity} in this region: verify it first, or take it out of "identities".`,
  );

/**
 * Sends a notification type to the stack's topic: where none is set, where an earlier topic of this stack is, or,
 * with `Replace`, where another system's topic was. What was there is remembered before anything is set, so that a
 * crash between the two loses nothing.
 *
 * @param formerTopic - the stack's topic before an update
 * @throws TopicTaken, IdentityUnknown: nothing was changed
 */
export const wireIdentity = async (
  wanted: IdentityTopicProperties,
  deps: IdentityDeps,
  formerTopic?: string,
): Promise<void> => {
  const { Identity: identity, NotificationType: type, TopicArn: topic } = wanted;
  const wire = wireId(identity, type);
  const current = (await deps.identities.read([identity])).get(identity)?.[type];
  if (current === undefined) throw unknown(identity);
  const ours = current.topic === topic || current.topic === formerTopic;
  if (current.topic !== null && !ours) {
    if (wanted.Replace !== 'true') throw taken(wanted, current.topic);
    await deps.memory.remember(wire, current, 'overwrite');
    deps.log.warn('took the place of another topic, which is remembered', { wire, replaced: current.topic });
  } else if (!ours) await deps.memory.remember(wire, current, 'keep');
  if (current.topic !== topic) await deps.identities.setTopic(identity, type, topic);
  const before = await deps.memory.recall(wire);
  const headers = wanted.IncludeHeaders === 'true' || (before?.headers ?? current.headers);
  if (headers !== current.headers) await deps.identities.setHeaders(identity, type, headers);
  deps.log.info('wired', { wire });
};

/**
 * Runs a change on the way out. What SES refuses then is gone (the remembered topic, or the identity), and a stack that
 * cannot be deleted would help nobody.
 */
const unlessRefused = async (change: Promise<void>, deps: IdentityDeps, wire: string): Promise<boolean> => {
  try {
    await change;
    return true;
  } catch (error) {
    if (!(error instanceof NotificationRefused)) throw error;
    deps.log.warn('could not put the wire back', { wire, why: error.message });
    return false;
  }
};

const putBack = async (gone: IdentityTopicProperties, current: Wire, before: Wire, deps: IdentityDeps) => {
  const { Identity: identity, NotificationType: type } = gone;
  const wire = wireId(identity, type);
  const set = (topic: string | null) => unlessRefused(deps.identities.setTopic(identity, type, topic), deps, wire);
  if (!(await set(before.topic)) && before.topic !== null) await set(null);
  if (before.headers !== current.headers)
    await unlessRefused(deps.identities.setHeaders(identity, type, before.headers), deps, wire);
};

/**
 * Undoes {@link wireIdentity}, if the wire still leads to this stack: puts back what was there before, or nothing. An
 * identity that is gone, or that another system has taken since, is left as it is.
 */
export const unwireIdentity = async (gone: IdentityTopicProperties, deps: IdentityDeps): Promise<void> => {
  const { Identity: identity, NotificationType: type } = gone;
  const wire = wireId(identity, type);
  const current = (await deps.identities.read([identity])).get(identity)?.[type];
  if (current !== undefined && current.topic === gone.TopicArn) {
    const before = (await deps.memory.recall(wire)) ?? { topic: null, headers: current.headers };
    await putBack(gone, current, before, deps);
    deps.log.info('unwired', { wire, restored: before.topic });
  } else deps.log.info('left alone: the wire does not lead here', { wire, topic: current?.topic ?? null });
  await deps.memory.forget(wire);
};
