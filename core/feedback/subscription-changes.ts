import * as v from 'valibot';
import { scopeName } from './mail.ts';

type Choice = 'OptIn' | 'OptOut';

/** What a preference became, and for which topic or stream; `topic` is undefined if neither is known. */
export interface PreferenceChange {
  readonly change: Choice;
  readonly topic: string | undefined;
}

const ChoiceWord = v.picklist(['OptIn', 'OptOut']);
const ChoiceSchema = v.fallback(v.optional(ChoiceWord), undefined);
const TopicSchema = v.fallback(v.object({ topicName: v.optional(v.unknown()), subscriptionStatus: ChoiceSchema }), {
  topicName: undefined,
  subscriptionStatus: undefined,
});
const PreferencesSchema = v.fallback(
  v.object({
    unsubscribeAll: v.fallback(v.optional(v.boolean(), false), false),
    topicSubscriptionStatus: v.fallback(v.optional(v.array(TopicSchema), []), []),
    topicDefaultSubscriptionStatus: v.fallback(v.optional(v.union([ChoiceWord, v.array(TopicSchema)])), undefined),
  }),
  { unsubscribeAll: false, topicSubscriptionStatus: [], topicDefaultSubscriptionStatus: undefined },
);

interface Preferences {
  readonly unsubscribeAll: boolean;
  /** What the contact chose. */
  readonly topics: ReadonlyMap<string, Choice>;
  /** What holds for a topic that the contact chose nothing for. */
  readonly defaults: ReadonlyMap<string, Choice>;
  /** What holds for every other topic, where the defaults are told as one word. */
  readonly byDefault: Choice | undefined;
}

const choicesOf = (list: readonly v.InferOutput<typeof TopicSchema>[]): Map<string, Choice> => {
  const choices = new Map<string, Choice>();
  for (const { topicName, subscriptionStatus } of list) {
    const name = scopeName(topicName);
    if (name !== undefined && subscriptionStatus !== undefined) choices.set(name, subscriptionStatus);
  }
  return choices;
};

const readPreferences = (raw: unknown): Preferences => {
  const { unsubscribeAll, topicSubscriptionStatus, topicDefaultSubscriptionStatus } = v.parse(PreferencesSchema, raw);
  const list = Array.isArray(topicDefaultSubscriptionStatus) ? topicDefaultSubscriptionStatus : [];
  return {
    unsubscribeAll,
    topics: choicesOf(topicSubscriptionStatus),
    defaults: choicesOf(list),
    byDefault: Array.isArray(topicDefaultSubscriptionStatus) ? undefined : topicDefaultSubscriptionStatus,
  };
};

const statusOf = ({ topics, defaults, byDefault }: Preferences, topic: string): Choice | undefined =>
  topics.get(topic) ?? defaults.get(topic) ?? byDefault;

/**
 * What a Subscription event changed: one change a topic whose status differs between the old and the new preferences. The
 * status is what the contact chose, else the topic's default (a list as SES documents it; one word is understood too). A
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
  const changes: PreferenceChange[] = [];
  const topics = new Set(
    [before.topics, after.topics, before.defaults, after.defaults].flatMap((map) => [...map.keys()]),
  );
  for (const topic of topics) {
    const status = statusOf(after, topic);
    const now = after.unsubscribeAll ? 'OptOut' : status;
    const changed = status !== statusOf(before, topic);
    if (now !== undefined && (allChanged || changed)) changes.push({ change: now, topic });
  }
  if (!allChanged) return changes;
  const overall: Choice = after.unsubscribeAll ? 'OptOut' : 'OptIn';
  if (stream !== undefined && !topics.has(stream)) changes.push({ change: overall, topic: stream });
  return changes.length > 0 ? changes : [{ change: overall, topic: undefined }];
};
