import type { Attributes } from '../../../adapters/attributes.ts';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { classify } from '../../../core/decisions/classify.ts';
import { factsOf } from '../../../core/decisions/facts.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { isObject, type Json } from '../json.ts';
import { ready } from '../recipe.ts';
import { MESSAGES } from '../seeds/messages.ts';
import { promise, type Target } from '../target.ts';
import { cliWorld, NOW, runCli } from '../worlds/cli-world.ts';

const COMMANDS: readonly (readonly string[])[] = [
  ['check', 'pat@target.example', '--stream', 'receipts'],
  ['explain', 'pat@target.example'],
  ['explain', 'pat@target.example', '--json'],
  ['list'],
  ['list', '--json'],
  ['export', '--json'],
  ['stats', '--list'],
  ['remove', 'pat@target.example', '--all-scopes'],
  ['forget', 'pat@target.example', '--yes'],
];

const factsIn = (message: Json) =>
  openEnvelope(message)
    .map((opened) => classify(opened, DEFAULT_POLICY))
    .flatMap((read) => (read.kind === 'decided' ? read.lines : []))
    .flatMap((line) => ('event' in line && line.event !== undefined ? [factsOf(line.event, line.decision)] : []))
    .filter((entry) => entry !== undefined);

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

/** Items of the table that another program wrote, or half a one, as the commands meet them. */
export const table = async (): Promise<Target> => {
  const seeds: Json[] = [];
  for (const message of MESSAGES) {
    const ledger = new MemoryLedger({ now: () => NOW });
    await learn(ledger, factsIn(message), DEFAULT_POLICY);
    seeds.push(...ledger.items.map((item): Json => JSON.parse(JSON.stringify(item))));
  }
  return {
    name: 'table',
    seeds: COMMANDS.flatMap((args) => seeds.map((item): Json => ({ args: [...args], item }))),
    words: [
      'S',
      'N',
      'M',
      'L',
      'NULL',
      'status',
      'suppressed',
      'watched',
      'allowed',
      'until',
      'evidence',
      'operator',
      'deliveries',
      'clearedAt',
      'since',
      'version',
      'bucket',
    ],
    answers: ['exit 0', 'exit 1', 'exit 3'],
    async run(input) {
      const given = ready(input);
      if (!isObject(given) || !isObject(given.item) || !Array.isArray(given.args)) return [];
      const args = given.args.map(String);
      const item = attributes(given.item);
      const key = { address: { S: 'pat@target.example' }, scope: item.scope ?? { S: '*' } };
      const ledger = new MemoryLedger({ now: () => NOW });
      const written = { ...item, ...key } as unknown as Attributes;
      if (!isObject(key.scope) || typeof key.scope.S !== 'string' || key.scope.S === '') return [];
      ledger.put(written);
      const said = await runCli(args, { ...cliWorld('', { file: '' }), ledger });
      promise(ledger.items.length <= 1, () => 'an item more');
      return [`exit ${said.exit}`];
    },
  };
};
