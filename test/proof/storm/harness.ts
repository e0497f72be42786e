import { type LocalDynamoDb, startDynamoDb } from '../../../local/dynamodb.ts';
import { type Claim, holds } from '../../../proof/storm/claim.ts';
import { type FeedbackStormOptions, feedbackStorm } from '../../../proof/storm/feedback/feedback-storm.ts';
import { type SendStormOptions, sendStorm } from '../../../proof/storm/send/send-storm.ts';

const started: LocalDynamoDb[] = [];
const tables = async (): Promise<LocalDynamoDb> => {
  const dynamodb = await startDynamoDb('storm');
  started.push(dynamodb);
  return dynamodb;
};

/** Ends every table that was started. */
export const stopTables = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((dynamodb) => dynamodb.stop()));
};

/** A small storm of feedback. */
export const stormOfFeedback = async (seed: number, events: number, over: Partial<FeedbackStormOptions> = {}) =>
  feedbackStorm({
    size: { seed, events },
    tables: await tables(),
    calmTables: await tables(),
    share: 0.05,
    workers: 8,
    lifetime: 40,
    ...over,
  });

/** A small storm of sends. */
export const stormOfSends = async (seed: number, sends: number, over: Partial<SendStormOptions> = {}) =>
  sendStorm({ size: { seed, sends }, tables: await tables(), share: 0.05, workers: 8, lifetime: 40, ...over });

/** Nothing goes wrong. */
export const CALMLY = { share: 0, lifetime: Number.POSITIVE_INFINITY } as const;

/** Names of what does not hold. Memory is judged by the program alone: a test process keeps what jest makes of it. */
export const brokenIn = (claims: readonly Claim[]): string[] =>
  claims.filter((claim) => !holds(claim) && !claim.name.startsWith('memory')).map(({ name }) => name);

/** What does not hold, with its words, for a test to show. */
export const broken = (claims: readonly Claim[]): readonly Claim[] =>
  claims.filter((claim) => brokenIn([claim]).length > 0);
