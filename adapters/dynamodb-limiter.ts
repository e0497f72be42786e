import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { MessagesTable } from '../core/contract/index.ts';
import type { Claim, Learned, Lease, LimiterState, LimiterStore, Throttled } from '../core/rate/limiter-store.ts';
import { NO_QUOTA } from '../core/rate/send-quota.ts';
import type { Attributes } from './attributes.ts';
import { inTime } from './in-time.ts';

/** What a limiter in DynamoDB is made of. */
export interface DynamoDbLimiterOptions {
  /** See `dynamoDbClient` for one with sensible time limits. */
  readonly client: DynamoDBClient;
  /** Name of the table that remembers sends. */
  readonly table: string;
  /** Milliseconds in which anything is read or written, or never will be. @default - as long as the client takes */
  readonly withinMs?: number;
}

/** The one item; it never expires. */
const KEY: Attributes = { [MessagesTable.ID]: { S: 'limiter' } };

/** Attributes of the item; each has a placeholder of the same name, as some are reserved words. */
const NAMES = ['next', 'left', 'rate', 'readAt', 'leasedUntil', 'leaseHolder', 'share', 'slowedAt'] as const;
type Name = (typeof NAMES)[number];

const number = (value: number): AttributeValue => ({ N: String(value) });

const decode = (item: Attributes): LimiterState => {
  const read = (name: Name): number | undefined => {
    const value = Number(item[name]?.N);
    return Number.isFinite(value) ? value : undefined;
  };
  const share = read('share');
  const at = read('slowedAt');
  const numbers = (['next', 'left', 'rate', 'readAt', 'leasedUntil'] as const).flatMap((name) => {
    const value = read(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...(Object.fromEntries(numbers) as LimiterState),
    ...(share === undefined || at === undefined ? {} : { slowdown: { share, at } }),
  };
};

/** One conditional write: what to change and when, in the words of DynamoDB. */
interface Change {
  readonly update: string;
  readonly when: string;
  readonly values: Attributes;
}

const hasLeft = '(attribute_not_exists(#left) OR #left >= :recipients)';

const claimChange = ({ recipients, span, from }: Claim): Change => {
  const left = '#left = if_not_exists(#left, :unlimited) - :recipients';
  const values = { ':recipients': number(recipients), ':unlimited': number(NO_QUOTA) };
  if ('add' in from) {
    const [least, most] = from.add;
    return {
      update: `SET #next = #next + :span, ${left}`,
      when: `#next BETWEEN :least AND :most AND ${hasLeft}`,
      values: { ...values, ':span': number(span), ':least': number(least), ':most': number(most) },
    };
  }
  return {
    update: `SET #next = :end, ${left}`,
    when: `(attribute_not_exists(#next) OR #next < :start OR #next > :absurd) AND ${hasLeft}`,
    values: {
      ...values,
      ':end': number(from.start + span),
      ':start': number(from.start),
      ':absurd': number(from.absurd),
    },
  };
};

const leaseChange = ({ holder, now, until, staleBefore, absurd }: Lease): Change => ({
  update: 'SET #leasedUntil = :until, #leaseHolder = :holder',
  when:
    '(attribute_not_exists(#readAt) OR #readAt < :staleBefore OR #readAt > :absurd) AND ' +
    '(attribute_not_exists(#leasedUntil) OR #leasedUntil <= :now OR #leasedUntil > :absurd)',
  values: {
    ':until': number(until),
    ':holder': { S: holder },
    ':now': number(now),
    ':staleBefore': number(staleBefore),
    ':absurd': number(absurd),
  },
});

const learnChange = ({ holder, now, rate, left }: Learned): Change => ({
  update:
    `SET #rate = :rate, #readAt = :now, #left = ${'set' in left ? ':left' : '#left + :left'} ` +
    'REMOVE #leasedUntil, #leaseHolder',
  when: `#leaseHolder = :holder${'set' in left ? '' : ' AND attribute_exists(#left)'}`,
  values: {
    ':rate': number(rate),
    ':now': number(now),
    ':left': number('set' in left ? left.set : left.change),
    ':holder': { S: holder },
  },
});

const throttleChange = ({ before, absurd, slowdown, pause }: Throttled): Change => ({
  update: 'SET #share = :share, #slowedAt = :at, #next = #next + :pause',
  when: `attribute_exists(#next) AND ${before === undefined ? '(attribute_not_exists(#slowedAt) OR #slowedAt > :absurd)' : '#slowedAt = :before'}`,
  values: {
    ':share': number(slowdown.share),
    ':at': number(slowdown.at),
    ':pause': number(pause),
    ...(before === undefined ? { ':absurd': number(absurd) } : { ':before': number(before) }),
  },
});

/** Only the names that an expression uses: DynamoDB refuses others. */
const namesIn = (expression: string): Record<string, string> =>
  Object.fromEntries(
    NAMES.filter((name) => new RegExp(`#${name}\\b`).test(expression)).map((name) => [`#${name}`, name]),
  );

/**
 * The shared rate in one item of the table that remembers sends: every change is one conditional update of it.
 *
 * @example const store = new DynamoDbLimiter({ client: dynamoDbClient(), table: 'Suppressor-Messages' })
 */
export class DynamoDbLimiter implements LimiterStore {
  readonly #options: DynamoDbLimiterOptions;

  constructor(options: DynamoDbLimiterOptions) {
    this.#options = options;
  }

  async read(): Promise<LimiterState> {
    const { client, table, withinMs } = this.#options;
    const asked = { TableName: table, Key: KEY, ConsistentRead: true };
    const { Item } = await inTime(withinMs, (how) => client.send(new GetItemCommand(asked), how));
    return Item === undefined ? {} : decode(Item);
  }

  claim(claim: Claim): Promise<LimiterState | undefined> {
    return this.#change(claimChange(claim));
  }

  lease(lease: Lease): Promise<LimiterState | undefined> {
    return this.#change(leaseChange(lease));
  }

  learn(learned: Learned): Promise<LimiterState | undefined> {
    return this.#change(learnChange(learned));
  }

  throttle(throttled: Throttled): Promise<LimiterState | undefined> {
    return this.#change(throttleChange(throttled));
  }

  async #change({ update, when, values }: Change): Promise<LimiterState | undefined> {
    const { client, table, withinMs } = this.#options;
    const asked: UpdateItemCommandInput = {
      TableName: table,
      Key: KEY,
      UpdateExpression: update,
      ConditionExpression: when,
      ExpressionAttributeNames: namesIn(`${update} ${when}`),
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
    };
    try {
      const { Attributes: item } = await inTime(withinMs, (how) => client.send(new UpdateItemCommand(asked), how));
      return decode(item ?? {});
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }
}
