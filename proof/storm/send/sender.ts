import type { SendRawEmailCommandInput } from '@aws-sdk/client-ses';
import { SesMailer } from '../../../adapters/ses-mailer.ts';
import { Env } from '../../../core/contract/index.ts';
import type { SendAnswer, SendError } from '../../../core/send/answer.ts';
import { ANSWER_MS, SES_TRY_MS, sendingFrom } from '../../../lambda/send/from-environment.ts';
import { type ArrayAnswer, makeHandler } from '../../../lambda/send/handler.ts';
import { Life } from '../../faults/life.ts';
import { answered } from '../answered.ts';
import { QUIET, stormDynamoDb, stormSes } from '../clients.ts';
import { Draw } from '../draw.ts';
import type { Call, Told } from './chronicle.ts';
import { ordinalIn, type StormRequest } from './requests.ts';
import { CONFIGURATION_SET, keyIn, type World } from './world.ts';

const CONTEXT = { getRemainingTimeInMillis: () => 60_000 };
const HEAD_BYTES = 4096;

/** The send function as Lambda runs it: one invocation at a time, in an environment that may die and is then made anew. */
export interface Sender {
  /** Sends requests in one invocation: one alone, several as an array. @returns one call each */
  invoke(requests: readonly StormRequest[], isArray: boolean): Promise<readonly Call[]>;
  close(): void;
}

const isError = (answer: ArrayAnswer): answer is { readonly error: SendError } => 'error' in answer;

const toldOf = (answer: SendAnswer | ArrayAnswer): Told =>
  isError(answer) ? { kind: 'error', error: answer.error } : { kind: 'answer', answer };

/** Starts the send function, made as `lambda/send` makes it but for where its requests go. */
export const startSender = (world: World, number: number, isOutage: () => boolean): Sender => {
  const { weather, tables, chronicle, now, seed, lifetime } = world;
  let calls: readonly Call[] = [];
  let generation = 0;

  const start = () => {
    generation += 1;
    const draw = new Draw(seed, 3, number, generation);
    const request = Number.isFinite(lifetime) ? draw.below(2 * lifetime) : Number.POSITIVE_INFINITY;
    const life = new Life({ request, phase: draw.pick(['before', 'after']) });
    const client = stormDynamoDb(tables.url, weather, life);
    const ses = stormSes(world.sesUrl, weather, life, ({ input }) => {
      const { RawMessage, Destinations = [] } = input as SendRawEmailCommandInput;
      const head = Buffer.from(RawMessage?.Data ?? '').subarray(0, HEAD_BYTES);
      const ordinal = ordinalIn(head.toString('latin1'));
      calls.find((call) => call.ordinal === ordinal)?.arrived.push(Destinations.map(keyIn));
    });
    const environment = {
      [Env.TABLE]: tables.table,
      [Env.MESSAGES_TABLE]: tables.messages,
      [Env.CONFIGURATION_SET]: CONFIGURATION_SET,
    };
    const handler = makeHandler({
      ...sendingFrom(environment, client),
      ...QUIET,
      // a refusal by rate is waited for in no time
      mailer: new SesMailer({ client: ses, now, sleep: async () => undefined }),
      now,
      tryMs: SES_TRY_MS + ANSWER_MS,
    });
    const close = () => {
      client.destroy();
      ses.destroy();
    };
    return { life, handler, close };
  };

  let environment = start();
  return {
    async invoke(requests, isArray) {
      const { life, handler } = environment;
      const began = chronicle.now();
      const own = requests.map(({ ordinal }) => chronicle.call(ordinal, began, isOutage()));
      calls = own;
      const event = isArray ? requests.map(({ body }) => body) : requests[0]?.body;
      const answers = handler(event, CONTEXT).then(
        (answer) => (Array.isArray(answer) ? answer : [answer]).map(toldOf),
        (fault: Error): Told[] => [{ kind: 'error', error: JSON.parse(fault.message) }],
      );
      const told = await answered(Promise.race([answers, life.over]));
      const end = chronicle.now();
      for (const [i, call] of own.entries()) {
        call.end = end;
        call.told = told?.[i] ?? { kind: 'killed' };
      }
      if (told === undefined) {
        environment.close();
        environment = start();
      }
      return own;
    },
    close: () => environment.close(),
  };
};
