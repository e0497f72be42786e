import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { isObject, type Json } from '../json.ts';
import { ready } from '../recipe.ts';
import { promise, type Target } from '../target.ts';
import { cliWorld, NOW, runCli } from '../worlds/cli-world.ts';
import { storedItem, storedItems } from '../worlds/stored-items.ts';

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

/** Items of the table that another program wrote, or half a one, as the commands meet them. */
export const table = async (): Promise<Target> => {
  const seeds = await storedItems();
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
      if (!isObject(given) || !Array.isArray(given.args)) return [];
      const item = storedItem(given.item ?? null);
      if (item === undefined) return [];
      const args = given.args.map(String);
      const ledger = new MemoryLedger({ now: () => NOW });
      ledger.put(item);
      const said = await runCli(args, { ...cliWorld('', { file: '' }), ledger });
      promise(ledger.items.length <= 1, () => 'an item more');
      return [`exit ${said.exit}`];
    },
  };
};
