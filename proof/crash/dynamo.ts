import { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import { setImmediate as tick } from 'node:timers/promises';
import dynalite from 'dynalite';
import type { Attributes } from '../../adapters/attributes.ts';
import { messagesTable, suppressionTable } from '../../local/dynamodb.ts';
import type { WireAnswer } from './world.ts';

export const TABLE = 'crash-list';
export const MESSAGES = 'crash-messages';

/** What dynalite touches of a response. */
interface Response {
  statusCode: number;
  setHeader(name: string, value: string | number): void;
  end(body?: string): void;
}

type Ask = (request: EventEmitter, response: Response) => void;

/** Both tables of a deployment in a dynalite of their own, which is asked without a socket in between. */
export class Dynamo {
  readonly #ask: Ask;

  private constructor() {
    const [listener] = dynalite({ createTableMs: 0 }).listeners('request') as RequestListener[];
    if (listener === undefined) throw new Error('dynalite listens to nothing');
    this.#ask = listener as unknown as Ask;
  }

  /** Empty tables. */
  static async start(): Promise<Dynamo> {
    const dynamo = new Dynamo();
    await dynamo.run('CreateTable', suppressionTable(TABLE));
    await dynamo.run('CreateTable', messagesTable(MESSAGES));
    while (!(await dynamo.#isReady())) await tick();
    return dynamo;
  }

  /** Answers a request of DynamoDB's protocol. */
  answer(operation: string, body: string): Promise<WireAnswer> {
    return new Promise((resolve) => {
      const headers: Record<string, string> = {};
      const request = Object.assign(new EventEmitter(), {
        method: 'POST',
        url: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
          'x-amz-date': '20260302T120000Z',
          authorization: 'AWS4-HMAC-SHA256 Credential=crash, SignedHeaders=host, Signature=crash',
        },
      });
      const response: Response = {
        statusCode: 200,
        setHeader: (name, value) => {
          headers[name.toLowerCase()] = String(value);
        },
        end: (text = '') => resolve({ status: response.statusCode, headers, body: text }),
      };
      this.#ask(request, response);
      request.emit('data', Buffer.from(body));
      request.emit('end');
    });
  }

  /** @throws what DynamoDB refuses */
  async run(operation: string, input: object): Promise<Record<string, unknown>> {
    const { status, body } = await this.answer(operation, JSON.stringify(input));
    if (status !== 200) throw new Error(`${operation}: ${body}`);
    return JSON.parse(body);
  }

  /** Every item of a table. */
  async items(table: string): Promise<Attributes[]> {
    const { Items } = await this.run('Scan', { TableName: table, ConsistentRead: true });
    return Items as Attributes[];
  }

  async #isReady(): Promise<boolean> {
    const { Table } = await this.run('DescribeTable', { TableName: MESSAGES });
    return (Table as { readonly TableStatus: string }).TableStatus === 'ACTIVE';
  }
}
