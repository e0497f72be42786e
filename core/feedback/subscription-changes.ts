import * as v from 'valibot';
import { scopeName } from './mail.ts';

type Choice = 'OptIn' | 'OptOut';

/** What a preference became, and for which topic or stream; `topic` is undefined if neither is known. */
export interface PreferenceChange {
  readonly change: Choice;
  readonly topic: string | undefined;
}

const ChoiceSchema = v.fallback(v.optional(v.picklist(['OptIn', 'OptOut'])), undefined);
const TopicSchema = v.fallback(v.object({ topicName: v.optional(v.unknown()), subscriptionStatus: ChoiceSchema }), {
  topicName: undefined,
  subscriptionStatus: undefined,
});
const PreferencesSchema = v.fallback(
  v.object({
    unsubscribeAll: v.fallback(v.optional(v.boolean(), false), false),
    topicSubscriptionStatus: v.fallback(v.optional(v.array(TopicSchema), []), []),
    topicDefaultSubscriptionStatus: ChoiceSchema,
  }),
  { unsubscribeAll: false, topicSubscriptionStatus: [], topicDefaultSubscriptionStatus: undefined },
);

interface Preferences {
  readonly unsubscribeAll: boolean;
  readonly topics: ReadonlyMap<string, Choice>;
  readonly byDefault: Choice | undefined;
}

const readPreferences = (raw: unknown): Preferences => {
  const { unsubscribeAll, topicSubscriptionStatus, topicDefaultSubscriptionStatus } = v.parse(PreferencesSchema, raw);
  const topics = new Map<string, Choice>();
  for (const { topicName, subscriptionStatus } of topicSubscriptionStatus) {
    const name = scopeName(topicName);
    if (name !== undefined && subscriptionStatus !== undefined) topics.set(name, subscriptionStatus);
  }
  return { unsubscribeAll, topics, byDefault: topicDefaultSubscriptionStatus };
};

/**
 * What a Subscription event changed: one change a topic whose status differs between the old and the new preferences. A
 * changed `unsubscribeAll` acts on every topic named and on the stream; what it then means for each is the new status.
 *
 * @param stream - the mail's stream, if it has one
 * @example subscriptionChanges({ topicSubscriptionStatus: [{ topicName: 'news', subscriptionStatus: 'OptIn' }] },
 *   { topicSubscriptionStatus: [{ topicName: 'news', subscriptionStatus: 'OptOut' }] }, undefined)
 *   // [{ change: 'OptOut', topic: 'news' }]
 */
export const subscriptionChanges = (
  oldPreferences: unknown,
  newPreferences: unknown,
  stream: string | undefined,
): PreferenceChange[] => {
  const before = readPreferences(oldPreferences);
  const after = readPreferences(newPreferences);
  const allChanged = before.unsubscribeAll !== after.unsubscribeAll;
  const choice = (topic: string): Choice | undefined =>
    after.unsubscribeAll ? 'OptOut' : (after.topics.get(topic) ?? after.byDefault);
  const changes: PreferenceChange[] = [];
  const topics = new Set([...before.topics.keys(), ...after.topics.keys()]);
  for (const topic of topics) {
    const now = choice(topic);
    const was = before.topics.get(topic) ?? before.byDefault;
    const changed = (after.topics.get(topic) ?? after.byDefault) !== was;
    if (now !== undefined && (allChanged || changed)) changes.push({ change: now, topic });
  }
  if (!allChanged) return changes;
  const overall: Choice = after.unsubscribeAll ? 'OptOut' : 'OptIn';
  if (stream !== undefined && !topics.has(stream)) changes.push({ change: overall, topic: stream });
  return changes.length > 0 ? changes : [{ change: overall, topic: undefined }];
};
