import type { Attributes } from '../../adapters/attributes.ts';
import { type MessageAttributes, md5, md5OfAttributes } from '../../local/queue/message-attributes.ts';
import { Dynamo } from './dynamo.ts';
import { Ses } from './ses.ts';
import type { WireAnswer, WireRequest } from './world.ts';

/** A message that a function put on a queue. */
export interface Letter {
  readonly queue: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
}

/** The key that signs unsubscribe links here. */
const SIGNING_KEYS = JSON.stringify({ id: 'first', key: Buffer.alloc(32, 7).toString('base64url') });

const json = (body: object): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});

type Keyed = Readonly<Record<string, { readonly Keys: readonly Attributes[] }>>;
type Written = Readonly<Record<string, readonly object[]>>;

/** The services that the functions talk to: DynamoDB, SES, SQS and Secrets Manager. */
export class Cloud {
  readonly letters: Letter[] = [];
  /** Messages given back, by receipt handle: seconds until they are seen again. */
  readonly postponed = new Map<string, number>();
  readonly ses: Ses;
  #dynamo: Dynamo | undefined;

  constructor(now: () => number) {
    this.ses = new Ses(now);
  }

  get dynamo(): Dynamo {
    if (this.#dynamo === undefined) throw new Error('the tables are not there yet');
    return this.#dynamo;
  }

  async start(): Promise<void> {
    this.#dynamo = await Dynamo.start();
  }

  /** @param most - keys or items that a batch deals with; the rest is left unprocessed */
  async answer({ service, operation, body }: WireRequest, most?: number): Promise<WireAnswer> {
    switch (service) {
      case 'dynamodb':
        return most === undefined ? this.dynamo.answer(operation, body) : this.#inPart(operation, body, most);
      case 'ses':
        return this.ses.answer(body);
      case 'secrets':
        return json({ Name: 'crash-links', VersionId: 'first', SecretString: SIGNING_KEYS });
      case 'sqs':
        return this.#queue(operation, JSON.parse(body));
    }
  }

  #queue(operation: string, input: Readonly<Record<string, unknown>>): WireAnswer {
    if (operation === 'ChangeMessageVisibility') {
      this.postponed.set(String(input.ReceiptHandle), Number(input.VisibilityTimeout));
      return json({});
    }
    const attributes = (input.MessageAttributes ?? {}) as MessageAttributes;
    const body = String(input.MessageBody);
    this.letters.push({ queue: String(input.QueueUrl), body, attributes });
    const MessageId = `letter-${this.letters.length}`;
    return json({ MessageId, MD5OfMessageBody: md5(body), MD5OfMessageAttributes: md5OfAttributes(attributes) });
  }

  /** A batch of which DynamoDB leaves something undone. */
  async #inPart(operation: string, body: string, most: number): Promise<WireAnswer> {
    const input = JSON.parse(body) as { readonly RequestItems: Keyed | Written };
    let room = most;
    const done: Record<string, unknown> = {};
    const left: Record<string, unknown> = {};
    for (const [table, asked] of Object.entries(input.RequestItems)) {
      const all: readonly object[] = 'Keys' in asked ? asked.Keys : asked;
      const again = (some: readonly object[]) => ('Keys' in asked ? { ...asked, Keys: some } : some);
      const now = all.slice(0, room);
      const later = all.slice(room);
      room -= now.length;
      if (now.length > 0) done[table] = again(now);
      if (later.length > 0) left[table] = again(later);
    }
    const answer = JSON.parse((await this.dynamo.answer(operation, JSON.stringify({ RequestItems: done }))).body);
    return json({ ...answer, [operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems']: left });
  }
}
