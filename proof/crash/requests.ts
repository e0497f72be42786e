import { Attribute } from '../../core/contract/index.ts';
import { TABLE } from './dynamo.ts';
import type { Request } from './play-send.ts';
import type { World } from './world.ts';

export const BOUNCED = 'bounced@target.example';
export const QUIT = 'quit@target.example';
export const PAT = 'Pat <pat@target.example>';

const MAIL = { from: 'Ledger <no-reply@ledger.example>', to: [PAT], subject: 'Hi', text: 'Hi' };

/** A request with its mark, and with a key of the same name unless it is to have none. */
export const request = (order: string, fields: object = {}): Request => ({ ...MAIL, ...fields, tags: { order } });
export const keyed = (order: string, fields: object = {}): Request => ({
  ...request(order, fields),
  idempotencyKey: order,
});

/** MIME as a request carries it. */
export const raw = (text: string): string => Buffer.from(text.replaceAll('\n', '\r\n')).toString('base64');

const block = async (world: World, address: string, scope: string): Promise<void> => {
  const Item = {
    [Attribute.ADDRESS]: { S: address },
    [Attribute.SCOPE]: { S: scope },
    [Attribute.STATUS]: { S: 'suppressed' },
    [Attribute.REASON]: { S: 'hard-bounce' },
    [Attribute.SINCE]: { S: '2026-02-01T00:00:00.000Z' },
  };
  await world.cloud.dynamo.run('PutItem', { TableName: TABLE, Item });
};

/** Makes one address suppressed everywhere, and one in the stream `newsletter`. */
export const blockSome = async (world: World): Promise<void> => {
  await block(world, BOUNCED, '*');
  await block(world, QUIT, 'newsletter');
};
