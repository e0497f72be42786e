import { encodeEntry } from '../../adapters/entry-codec.ts';
import { encodeSend } from '../../adapters/send-codec.ts';
import { parseAddress } from '../../core/address/address.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { emptyEntry } from '../../core/entry/entry.ts';
import { hashKey } from '../../core/messages/key-hash.ts';
import type { SendState } from '../../core/messages/send-record.ts';
import { cut, type Disturbance, refused, rival, unprocessed } from './disturbance.ts';
import { MESSAGES, TABLE } from './dynamo.ts';
import type { Scenario } from './explore.ts';
import { bounce, complaint, delivery, inSns, softBounce } from './feedback-messages.ts';
import { asWithoutCrash, deliver, deliverDirectly } from './play-feedback.ts';
import { Process } from './process.ts';
import type { Program } from './program.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;
const KEY = hashKey('order-1');
const OTHER_KEY = hashKey('order-2');

/** The record of a send whose invocation died, or was told nothing. */
const seedRecord = async ({ cloud, now }: World, key: typeof KEY, progress: SendState): Promise<void> => {
  const begunAt = now - 2 * 3_600_000;
  const draft = { status: 'sent', sent: ['pat@target.example'], suppressed: [], refused: [] } as const;
  const record = {
    key,
    digest: 'digest',
    token: `token-${key}`,
    begunAt,
    runsUntil: begunAt + 60_000,
    draft,
    progress,
  };
  await cloud.dynamo.run('PutItem', { TableName: MESSAGES, Item: encodeSend(record) });
};

/** An address with two strike days: one more holds it. */
const seedStrikes = async ({ cloud, now }: World, raw: string): Promise<void> => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const evidence = [3, 2].map((days) => ({
    id: `strike-${days}`,
    at: now - days * DAY,
    rule: 'soft-bounce',
    reason: 'soft-bounce' as const,
    type: 'Bounce',
  }));
  const entry = { ...emptyEntry({ address: parsed.value, scope: '*' }), evidence };
  const meta = { version: 'seeded', updatedAt: now - 2 * DAY };
  const Item = encodeEntry(entry, derive(entry, DEFAULT_POLICY), meta);
  await cloud.dynamo.run('PutItem', { TableName: TABLE, Item });
};

interface Feedback {
  readonly name: string;
  readonly bodies: readonly string[];
  readonly seed?: (world: World) => Promise<void>;
  /** Hands over one event without a queue. */
  readonly event?: object;
  /** What the run without a crash must keep, as texts that its lines hold: else it proves nothing. */
  readonly keeps: readonly string[];
  readonly disturbances?: (program: Program) => readonly Disturbance[];
  readonly order?: 'lifo';
  readonly isTwice?: true;
}

const feedback = ({ name, bodies, seed, event, keeps, ...more }: Feedback, program: Program): Scenario => {
  const { disturbances, ...rest } = more;
  return {
    name,
    program: 'feedback',
    ...rest,
    ...(disturbances === undefined ? {} : { disturbances: () => disturbances(program) }),
    async play(run: Run, calm) {
      await seed?.(run.world);
      const hand = () => (event === undefined ? deliver(run, bodies) : deliverDirectly(run, event));
      await hand();
      if (calm !== undefined) return asWithoutCrash(run, calm);
      // Once more, as it happens now and then: nothing may change.
      const once = await asWithoutCrash(run, undefined);
      run.calm();
      await hand();
      const { faults } = await asWithoutCrash(run, once);
      const missing = keeps.filter((text) => !once.state.some((line) => line.includes(text)));
      return { state: once.state, faults: [...faults, ...missing.map((text) => `without a crash, not kept: ${text}`)] };
    },
  };
};

const PAT = 'pat@target.example';
const NO_JSON = 'this is no JSON';
const NO_LIST = '{"eventType":"Bounce","bounce":{"bouncedRecipients":"pat"}}';

/** Somebody else learns about the same address first. */
const rivalLearns = (program: Program, operation: string, nth: number): Disturbance =>
  rival(operation, nth, async (world) => {
    const event = {
      Records: [{ eventSource: 'aws:sqs', messageId: 'rival', body: complaint({ mail: 'rival' }, PAT) }],
    };
    const outcome = await new Process(program, world.aside(), 'rival').invoke(event);
    if (outcome.kind !== 'answered') throw new Error('the rival failed');
  });

/** What the feedback function is put through. */
export const feedbackScenarios = (program: Program): Scenario[] =>
  (
    [
      {
        name: 'a bounce, a complaint and a message that is no JSON',
        bodies: [bounce({ mail: 'm1' }, PAT), complaint({ mail: 'm2' }, 'kim@target.example'), NO_JSON],
        keeps: ['hard-bounce', 'complaint', 'letter NotJson'],
      },
      {
        name: 'a bounce and a message that is no JSON',
        bodies: [bounce({ mail: 'm1' }, PAT), NO_JSON],
        keeps: ['hard-bounce', 'letter NotJson'],
        isTwice: true,
      },
      {
        name: 'several about one address, in the envelope of SNS and without',
        bodies: [inSns(bounce({ mail: 'm1' }, PAT)), complaint({ mail: 'm2' }, PAT), softBounce({ mail: 'm3' }, PAT)],
        keeps: ['hard-bounce', 'bounce-m1', 'complaint-m2', 'soft-m3'],
      },
      {
        name: 'a bounce of five recipients',
        bodies: [bounce({ mail: 'm1' }, ...['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@target.example`))],
        keeps: ['a@target.example', 'e@target.example'],
      },
      {
        name: 'a strike that holds, and a delivery that resets',
        bodies: [softBounce({ mail: 'm1' }, PAT), delivery({ mail: 'm2' }, 'kim@target.example')],
        seed: async (world) => {
          await seedStrikes(world, PAT);
          await seedStrikes(world, 'kim@target.example');
        },
        keeps: ['soft-m1', '"deliveries"'],
        order: 'lifo',
      },
      {
        name: 'deliveries of clean addresses only',
        bodies: [delivery({ mail: 'm1' }, PAT), delivery({ mail: 'm2' }, 'kim@target.example')],
        keeps: [],
      },
      {
        name: 'a send of unknown outcome is settled beside a bounce',
        bodies: [bounce({ mail: 'm1', key: KEY }, PAT), delivery({ mail: 'm2', key: OTHER_KEY }, 'kim@target.example')],
        seed: async (world) => {
          await seedRecord(world, KEY, { state: 'unknown', message: 'SES answered 500' });
          await seedRecord(world, OTHER_KEY, { state: 'running' });
        },
        keeps: ['hard-bounce', '"answered"', 'm1@', 'm2@'],
      },
      {
        name: 'the same, of one send',
        bodies: [bounce({ mail: 'm1', key: KEY }, PAT)],
        seed: (world) => seedRecord(world, KEY, { state: 'unknown', message: 'SES answered 500' }),
        keeps: ['hard-bounce', '"answered"', 'm1@'],
        isTwice: true,
      },
      {
        name: 'settling, where the table of sends cannot be read at first',
        bodies: [bounce({ mail: 'm1', key: KEY }, PAT), complaint({ mail: 'm2' }, 'kim@target.example')],
        seed: (world) => seedRecord(world, KEY, { state: 'unknown', message: 'SES answered 500' }),
        // The first request is for both tables, the next two are for one each.
        disturbances: () => [
          refused('BatchGetItem', 1, 'AccessDeniedException'),
          refused('BatchGetItem', 3, 'AccessDeniedException'),
        ],
        keeps: ['hard-bounce', 'complaint', '"answered"'],
      },
      {
        name: 'somebody else writes the entry first, where there was none',
        bodies: [bounce({ mail: 'm1' }, PAT)],
        disturbances: (program) => [rivalLearns(program, 'PutItem', 1)],
        keeps: ['hard-bounce', 'complaint-rival'],
        isTwice: true,
      },
      {
        name: 'somebody else writes the entry first, over an older one',
        bodies: [softBounce({ mail: 'm1' }, PAT), bounce({ mail: 'm2' }, 'kim@target.example')],
        seed: (world) => seedStrikes(world, PAT),
        disturbances: (program) => [rivalLearns(program, 'PutItem', 1)],
        keeps: ['soft-m1', 'complaint-rival', 'strike-2'],
      },
      {
        name: 'an entry is written and the answer is lost',
        bodies: [bounce({ mail: 'm1' }, PAT)],
        disturbances: () => [cut('PutItem', 1)],
        keeps: ['hard-bounce'],
      },
      {
        name: 'a write is refused, and so given back',
        bodies: [bounce({ mail: 'm1' }, PAT), complaint({ mail: 'm2' }, 'kim@target.example')],
        disturbances: () => [refused('PutItem', 2, 'AccessDeniedException')],
        keeps: ['hard-bounce', 'complaint'],
      },
      {
        name: 'DynamoDB leaves keys unprocessed',
        bodies: [bounce({ mail: 'm1' }, PAT, 'kim@target.example', 'lee@target.example')],
        disturbances: () => [unprocessed('BatchGetItem', 1, 1), unprocessed('BatchGetItem', 2, 1)],
        keeps: [PAT, 'kim@target.example', 'lee@target.example'],
      },
      {
        name: 'a message that cannot be set aside at first',
        bodies: [NO_JSON, bounce({ mail: 'm1' }, PAT), NO_LIST],
        disturbances: () => [refused('SendMessage', 1, 'AccessDeniedException')],
        keeps: ['letter NotJson', 'hard-bounce', NO_LIST],
      },
      {
        name: 'an event that no queue holds, from SNS itself',
        bodies: [],
        event: { Records: [{ EventSource: 'aws:sns', Sns: { MessageId: 's', Message: bounce({ mail: 'm1' }, PAT) } }] },
        disturbances: () => [refused('PutItem', 1, 'AccessDeniedException')],
        keeps: ['hard-bounce'],
      },
      {
        name: 'an unreadable event that no queue holds',
        bodies: [],
        event: JSON.parse(NO_LIST),
        keeps: ['letter', NO_LIST],
      },
    ] satisfies readonly Feedback[]
  ).map((each) => feedback(each, program));
