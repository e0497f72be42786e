import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { RecentIndex } from '../core/contract/index.ts';
import { HOUR, type Instant } from '../core/instant.ts';
import type { Listed } from '../core/ledger/ledger.ts';
import type { Attributes } from './attributes.ts';
import { bucketOf, monthBefore, monthOf } from './bucket.ts';
import { decodeListed } from './entry-codec.ts';

/** The first month in which this form of the table was written: nothing in the index is older. */
export const FIRST_MONTH = '2026-11';

/** Items of a bucket's first page; each further page is twice as long, up to the limit. */
const FIRST_PAGE = 25;
const LONGEST_PAGE = 800;
/** A writer's clock may be ahead of ours, so near its end the next month is read too. */
const CLOCK_SPREAD = HOUR;

/** Where the list is read from, and when. */
export interface RecentOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly now: () => Instant;
  /** The oldest month to go back to, `yyyy-mm`. */
  readonly firstMonth: string;
}

/** One bucket, newest first; pages are asked for when they are needed. */
class Bucket {
  readonly #options: RecentOptions;
  readonly #name: string;
  #page: Listed[] = [];
  #at = 0;
  #limit = FIRST_PAGE;
  #next: Attributes | undefined;
  #ended = false;

  constructor(options: RecentOptions, name: string) {
    this.#options = options;
    this.#name = name;
  }

  /** The newest one not yet taken, after {@link fill}. */
  get head(): Listed | undefined {
    return this.#page[this.#at];
  }

  take(): void {
    this.#at += 1;
  }

  /** Sees to it that {@link head} is right: undefined only at the end of the bucket. */
  async fill(): Promise<void> {
    while (this.head === undefined && !this.#ended) {
      const answer = await this.#options.client.send(
        new QueryCommand({
          TableName: this.#options.table,
          IndexName: RecentIndex.NAME,
          KeyConditionExpression: '#bucket = :bucket',
          ExpressionAttributeNames: { '#bucket': RecentIndex.PARTITION_KEY },
          ExpressionAttributeValues: { ':bucket': { S: this.#name } },
          ScanIndexForward: false,
          Limit: this.#limit,
          ...(this.#next === undefined ? {} : { ExclusiveStartKey: this.#next }),
        }),
      );
      this.#page = (answer.Items ?? []).map(decodeListed);
      this.#at = 0;
      this.#limit = Math.min(LONGEST_PAGE, this.#limit * 2);
      this.#next = answer.LastEvaluatedKey;
      this.#ended = this.#next === undefined;
    }
  }
}

async function* month(options: RecentOptions, name: string): AsyncGenerator<Listed> {
  const buckets = Array.from({ length: RecentIndex.SHARDS }, (_, i) => new Bucket(options, bucketOf(name, i)));
  await Promise.all(buckets.map((bucket) => bucket.fill()));
  for (;;) {
    let newest: Bucket | undefined;
    for (const bucket of buckets)
      if (bucket.head !== undefined && (newest?.head === undefined || bucket.head.updatedAt > newest.head.updatedAt))
        newest = bucket;
    if (newest?.head === undefined) return;
    yield newest.head;
    newest.take();
    await newest.fill();
  }
}

/**
 * The list newest first: the eight buckets of a month merged by time, then the month before, down to `firstMonth`.
 * Read as it is consumed: a caller who stops early has read little. The index is eventually consistent, so a change of
 * the last second may be missing, and an entry that changes meanwhile may come twice.
 */
export async function* recentEntries(options: RecentOptions): AsyncGenerator<Listed> {
  let name = monthOf(options.now() + CLOCK_SPREAD);
  for (; name >= options.firstMonth; name = monthBefore(name)) yield* month(options, name);
}
