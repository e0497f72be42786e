import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbBreaker } from '../../../adapters/dynamodb-breaker.ts';
import type { Pauses } from '../ports.ts';

/**
 * Pauses as the table of sends remembers them.
 *
 * @param table - undefined where a deployment remembers nothing
 */
export const realPauses = (client: DynamoDBClient, table: string | undefined): Pauses => ({
  async pauseOf(of) {
    if (table === undefined) return null;
    const { state } = (await new DynamoDbBreaker({ client, table }).read(of)) ?? {};
    return state === undefined || state.phase === 'running' ? null : (state.pause ?? null);
  },
});
