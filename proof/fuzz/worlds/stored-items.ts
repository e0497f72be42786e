import type { Attributes } from '../../../adapters/attributes.ts';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { classify } from '../../../core/decisions/classify.ts';
import { factsOf } from '../../../core/decisions/facts.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { isObject, type Json } from '../json.ts';
import { MESSAGES, PAT } from '../seeds/messages.ts';
import { NOW } from './cli-world.ts';

const factsIn = (message: Json) =>
  openEnvelope(message)
    .map((opened) => classify(opened, DEFAULT_POLICY))
    .flatMap((read) => (read.kind === 'decided' ? read.lines : []))
    .flatMap((line) => ('event' in line && line.event !== undefined ? [factsOf(line.event, line.decision)] : []))
    .filter((entry) => entry !== undefined);

/** Items as the table holds them after each message of SES. */
export const storedItems = async (): Promise<Json[]> => {
  const items: Json[] = [];
  for (const message of MESSAGES) {
    const ledger = new MemoryLedger({ now: () => NOW });
    await learn(ledger, factsIn(message), DEFAULT_POLICY);
    items.push(...ledger.items.map((item): Json => JSON.parse(JSON.stringify(item))));
  }
  return items;
};

/** Values of DynamoDB are always of one type: what is none of these cannot be in a table. */
const attribute = (value: Json): Json | undefined => {
  if (!isObject(value)) return undefined;
  const [[type, held] = ['', null], ...more] = Object.entries(value);
  if (more.length > 0) return undefined;
  if (type === 'S') return typeof held === 'string' ? value : undefined;
  if (type === 'N') return typeof held === 'string' && /^-?\d+(\.\d+)?$/.test(held) ? value : undefined;
  if (type === 'BOOL' || type === 'NULL') return typeof held === 'boolean' ? value : undefined;
  if (type === 'L') return Array.isArray(held) ? { L: held.flatMap((each) => attribute(each) ?? []) } : undefined;
  if (type === 'M') return isObject(held) ? { M: attributes(held) } : undefined;
  return undefined;
};

const attributes = (item: { readonly [name: string]: Json }): { readonly [name: string]: Json } =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      const read = attribute(value);
      return read === undefined ? [] : [[name, read]];
    }),
  );

/** What of a value can be an item about Pat; undefined: DynamoDB would take none of it. */
export const storedItem = (value: Json): Attributes | undefined => {
  if (!isObject(value)) return undefined;
  const item = attributes(value);
  const key = { address: { S: PAT }, scope: item.scope ?? { S: '*' } };
  if (!isObject(key.scope) || typeof key.scope.S !== 'string' || key.scope.S === '') return undefined;
  return { ...item, ...key } as unknown as Attributes;
};
