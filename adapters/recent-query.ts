import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { RecentIndex } from '../core/contract/index.ts';
import { HOUR, type Instant, parseInstant, toIso } from '../core/instant.ts';
import type { Listed, RecentPlace, RecentRange } from '../core/ledger/ledger.ts';
import type { Attributes } from './attributes.ts';
import { bucketOf, monthBefore, monthOf, shardOf } from './bucket.ts';
import { decodeListed, encodeKey } from './entry-codec.ts';

/** The first month in which this form of the table was written: nothing in the index is older. */
export const FIRST_MONTH = '2026-11';

/** Items of a bucket's first page; each further page is twice as long, up to the limit. */
const FIRST_PAGE = 25;
const LONGEST_PAGE = 800;
/** A writer's clock may be ahead of ours, so near its end the next month is read too. */
const CLOCK_SPREAD = HOUR;

/** No time is written before or after these. */
const EARLIEST = '0';
const LATEST = '9999-12-31T23:59:59.999Z';

const less = (a: string, b: string): string => (a < b ? a : b);
const greater = (a: string, b: string): string => (a > b ? a : b);

const monthOfPlace = ({ updatedAt }: RecentPlace): string => updatedAt.slice(0, 7);
const justBefore = (time: string): string => toIso(Math.max(1, parseInstant(time) ?? 1) - 1);

/** Where the list is read from, and when. */
export interface RecentOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly now: () => Instant;
  /** The oldest month to go back to, `yyyy-mm`. */
  readonly firstMonth: string;
}

/** The part of a bucket that is read: times of both ends, which belong to it. */
interface Part {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Where an earlier reading ended: an entry that need not be there any more. */
  readonly after?: Attributes;
}

/** One bucket, newest first; pages are asked for when they are needed. */
class Bucket {
  readonly #options: RecentOptions;
  readonly #part: Part;
  #page: Listed[] = [];
  #at = 0;
  #limit = FIRST_PAGE;
  #next: Attributes | undefined;
  #ended: boolean;

  constructor(options: RecentOptions, part: Part) {
    this.#options = options;
    this.#part = part;
    this.#next = part.after;
    this.#ended = part.from > part.to;
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
    const { name, from, to } = this.#part;
    while (this.head === undefined && !this.#ended) {
      const answer = await this.#options.client.send(
        new QueryCommand({
          TableName: this.#options.table,
          IndexName: RecentIndex.NAME,
          KeyConditionExpression: '#bucket = :bucket AND #time BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#bucket': RecentIndex.PARTITION_KEY, '#time': RecentIndex.SORT_KEY },
          ExpressionAttributeValues: { ':bucket': { S: name }, ':from': { S: from }, ':to': { S: to } },
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

/** What is read of a bucket: entries of one millisecond come shard by shard, so a place divides the shards in two. */
const partOf = (month: string, shard: number, { since, until, after }: RecentRange): Part => {
  const name = bucketOf(month, shard);
  const from = since === undefined ? EARLIEST : toIso(since);
  const last = until === undefined ? LATEST : toIso(until - 1);
  const place = after !== undefined && monthOfPlace(after) === month ? after : undefined;
  if (place === undefined) return { name, from, to: last };
  const own = shardOf(place.address);
  const upTo = shard < own ? justBefore(place.updatedAt) : place.updatedAt;
  if (upTo > last) return { name, from, to: last };
  if (shard !== own || upTo < from) return { name, from, to: upTo };
  const [bucket, time] = [RecentIndex.PARTITION_KEY, RecentIndex.SORT_KEY];
  return { name, from, to: upTo, after: { ...encodeKey(place), [bucket]: { S: name }, [time]: { S: upTo } } };
};

async function* month(options: RecentOptions, name: string, range: RecentRange): AsyncGenerator<Listed> {
  const buckets = Array.from({ length: RecentIndex.SHARDS }, (_, i) => new Bucket(options, partOf(name, i, range)));
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
export async function* recentEntries(options: RecentOptions, range: RecentRange = {}): AsyncGenerator<Listed> {
  const { since, until, after } = range;
  const first = since === undefined ? options.firstMonth : greater(options.firstMonth, monthOf(since));
  let name = monthOf(
    Math.min(options.now() + CLOCK_SPREAD, until === undefined ? Number.POSITIVE_INFINITY : until - 1),
  );
  if (after !== undefined) name = less(name, monthOfPlace(after));
  for (; name >= first; name = monthBefore(name)) yield* month(options, name, range);
}
