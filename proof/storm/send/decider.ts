import { DynamoDbLedger } from '../../../adapters/dynamodb-ledger.ts';
import type { Address } from '../../../core/address/address.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { add } from '../../../core/ledger/add.ts';
import { Life } from '../../faults/life.ts';
import { answered } from '../answered.ts';
import { stormDynamoDb } from '../clients.ts';
import { Draw } from '../draw.ts';
import { queueRecord } from '../feedback/envelopes.ts';
import { type Environment, startEnvironment } from '../feedback/environment.ts';
import { messageOf } from './decision-message.ts';
import type { StormDecision } from './requests.ts';
import type { World } from './world.ts';

/** Far beyond bad luck: a list that has not learnt by then never will. */
const MOST_TRIES = 100;

/** Lets the list learn: through the feedback function, or by a person's command. */
export interface Decider {
  /** Tells the list until it has acknowledged. @throws Error if it never does */
  decide(decision: StormDecision): Promise<void>;
  /** Gives a message of SES to the feedback function until it has acknowledged. @throws Error if it never does */
  feed(body: string): Promise<void>;
  close(): void;
}

/** Starts a feedback function that may die, and somebody who decides. */
export const startDecider = (world: World, number: number): Decider => {
  const { tables, letters, weather, chronicle, now, seed, lifetime } = world;
  let generation = 0;
  const start = (): Environment => {
    generation += 1;
    const draw = new Draw(seed, 4, number, generation);
    const request = Number.isFinite(lifetime) ? draw.below(2 * lifetime) : Number.POSITIVE_INFINITY;
    return startEnvironment(tables, letters, weather, new Life({ request, phase: draw.pick(['before', 'after']) }));
  };
  let environment = start();
  const person = stormDynamoDb(tables.url, weather, new Life());
  const ledger = new DynamoDbLedger({ client: person, table: tables.table });

  const feed = async (body: string): Promise<void> => {
    for (let receives = 1; receives <= MOST_TRIES; receives += 1) {
      const event = { Records: [queueRecord('1', body, now(), receives)] };
      const answer = await answered(Promise.race([environment.handler(event), environment.life.over]));
      if (answer?.batchItemFailures.length === 0) return;
      if (answer !== undefined) continue;
      environment.close();
      environment = start();
    }
    throw new Error(`the list has not learnt of a message in ${MOST_TRIES} tries: ${body}`);
  };

  const say = async ({ address, scope = '' }: StormDecision): Promise<void> => {
    const key = { address: address as Address, scope };
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const isSaid = await add(ledger, key, { by: 'sam', note: 'asked by phone' }, DEFAULT_POLICY, now()).then(
        () => true,
        () => false,
      );
      if (isSaid) return;
    }
    throw new Error(`the list has not taken ${address} in ${MOST_TRIES} tries`);
  };

  return {
    feed,
    async decide(decision) {
      const { address, scope, by } = decision;
      const key = `${address}\n${scope}`;
      if (scope !== undefined) chronicle.beginBlock(key);
      await (by === 'person' ? say(decision) : feed(messageOf(decision, now())));
      if (scope !== undefined) chronicle.blockWritten(key);
    },
    close: () => {
      environment.close();
      person.destroy();
    },
  };
};
