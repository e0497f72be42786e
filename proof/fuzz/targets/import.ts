import { isObject, type Json } from '../json.ts';
import { checkLines } from '../oracles.ts';
import { ready, readyText } from '../recipe.ts';
import { FILES } from '../seeds/files.ts';
import { promise, type Target } from '../target.ts';
import { type CliWorld, cliWorld, runCli } from '../worlds/cli-world.ts';
import { checkItems } from '../worlds/items.ts';

/** Codes that rows or the whole file can be refused with. */
const CODES = [
  ...[
    'AddressUnusable',
    'NoSuppression',
    'ReasonUnknown',
    'ReasonNotImportable',
    'ScopeNeeded',
    'ScopeUnusable',
    'TimeUnreadable',
  ],
  ...['TimeInFuture', 'RaggedRow', 'RowsInQuotes', 'NotJson', 'EntryUnreadable', 'FileEmpty', 'CsvBroken'],
  ...['ResumeUnreadable', 'ResumeMismatch', 'SameFile', 'TimeNeeded', 'Usage'],
];

/** Options with which a second run is another one. */
const LEAVES_FILES = /^--(?:resume|rejects|dry-run)(?:=|$)/;

const list = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(readyText) : []);

/** What the last line of the import in JSON says. */
const countsOf = (out: string): { readonly [name: string]: unknown } => checkLines(out).at(-1) ?? {};

const checkCounts = (counts: ReturnType<typeof countsOf>): void => {
  const [rows, ...parts] = ['rows', 'written', 'unchanged', 'rejected'].map((name) => Number(counts[name] ?? 0));
  promise(
    parts.every((part) => Number.isInteger(part) && part >= 0),
    () => `the counts ${JSON.stringify(counts)}`,
  );
  promise((rows ?? 0) >= 0, () => `${rows} rows`);
};

/** `import` of files of every provider, of tables and of our own export. */
export const importing = (): Target => ({
  name: 'import',
  seeds: FILES,
  words: [
    ...[
      'email',
      'EmailAddress',
      'reason',
      'address',
      'created',
      'status',
      'scope',
      'note',
      'at',
      'BOUNCE',
      'COMPLAINT',
    ],
    ...[
      'hard-bounce',
      'unsubscribe',
      'manual',
      'soft bounce',
      'blocked',
      'global-list',
      'newsletter',
      'tenant:blue',
      '*',
    ],
    ...[
      '--from',
      '--map',
      '--reason',
      '--scope',
      '--at',
      '--rejects',
      '--resume',
      '--dry-run',
      '--json',
      'ses',
      'postmark',
    ],
    ...[
      'address=',
      'evidence',
      'operator',
      'clearedAt',
      'allowed',
      'watched',
      'suppressed',
      ';',
      '\t',
      '|',
      '\r\n',
      '""',
      '"\n',
    ],
  ],
  answers: ['taken', ...CODES],
  async run(input) {
    if (!isObject(input)) return [];
    const name = readyText(input.name) || 'list.csv';
    const args = list(input.args).slice(0, 20);
    const files = {
      [name]: readyText(input.content),
      ...('position' in input ? { position: readyText(input.position) } : {}),
    };
    const world: CliWorld = cliWorld(readyText(input.content), files);
    const command = ['import', ...args, '--', name];
    const said = await runCli(command, world);
    checkItems(world.ledger.items, JSON.stringify(ready(input)).length);
    const { writes } = world.ledger;
    if ((said.exit === 0 || said.exit === 2) && !args.some((arg) => LEAVES_FILES.test(arg))) {
      const again = cliWorld(world.stdin, files);
      const told = await runCli(['import', '--json', ...args, '--', name], { ...again, ledger: world.ledger }, 'lines');
      promise(told.exit === said.exit || told.code !== said.code, () => `exit ${said.exit}, and in JSON ${told.exit}`);
      promise(
        world.ledger.writes === writes,
        () => `the same file again wrote ${world.ledger.writes - writes} entries`,
      );
      if (told.code === undefined && told.out !== '') checkCounts(countsOf(told.out));
      const codes = checkLines(told.out).flatMap(({ error }) =>
        typeof error === 'object' && error !== null ? [String((error as { code?: unknown }).code)] : [],
      );
      return [...codes, ...(writes > 0 ? ['taken'] : []), ...(said.code === undefined ? [] : [said.code])];
    }
    return [...(writes > 0 ? ['taken'] : []), ...(said.code === undefined ? [] : [said.code])];
  },
});
