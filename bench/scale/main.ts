// npm run scale: from a million to a thousand million mails a day. `--json` for machines; docs/scale.md has what it prints.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { limits } from './limits.ts';
import { differing, filled } from './page.ts';
import { plots } from './plots.ts';
import { processorTimes } from './processor-time.ts';
import { QUOTAS } from './quotas.ts';
import { type Results, simulate } from './results.ts';
import { modelTables, resultTables, type Table } from './tables.ts';

const USAGE = `npm run scale [-- --seed N] [-- --json | --check | --write | --measure]

  --seed N   of the simulated runs (default 1)
  --json     one JSON object: {"seed","tables":[{"name","head","rows"}],"limits":[…],"quotas":{…},"outcomes":[…]}
  --check    says whether docs/scale.md holds these tables, and docs/images these plots; 1 if not
  --write    writes them there
  --measure  measures what an invocation takes of a processor, with the bundles of npm run build

Nothing here runs on AWS: it is a model, and a simulation of queues. docs/scale.md says what is taken for granted.`;

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const PAGE = `${DOCS}scale.md`;

const text = ({ name, head, rows }: Table): string => {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const bold = (words: string): string => (process.stdout.isTTY ? styleText('bold', words) : words);
  return [bold(`${name}:`), line(head), ...rows.map(line)].join('\n');
};

const withoutMoments = <T extends { readonly moments: unknown }>({ moments: _moments, ...rest }: T) => rest;

const document = (tables: readonly Table[], results: Results) => ({
  seed: results.seed,
  tables,
  limits: limits(),
  quotas: QUOTAS,
  outcomes: [...results.events, ...results.unlimited, ...results.bursts].map(withoutMoments),
  varied: results.varied.map(({ what, outcome }) => ({ what, ...withoutMoments(outcome) })),
  throttles: results.throttles.map(withoutMoments),
});

/** What must hold whatever the size: nothing is lost, and nothing ends in the dead-letter queue. */
const broken = ({ events, unlimited, bursts, varied, seed }: Results): string[] =>
  [...events, ...unlimited, ...bursts, ...varied.map(({ outcome }) => outcome)]
    .filter(({ deadLetters }) => deadLetters > 0)
    .map(({ mails, happening, deadLetters }) => `${happening} at ${mails}: ${deadLetters} dead letters (seed ${seed})`);

const check = async (tables: readonly Table[], results: Results): Promise<string[]> => {
  const wrong = differing(await readFile(PAGE, 'utf8'), tables).map((name) => `docs/scale.md: table ${name}`);
  for (const { file, svg } of plots(results))
    if ((await readFile(`${DOCS}images/${file}`, 'utf8').catch(() => '')) !== svg) wrong.push(`docs/images/${file}`);
  return wrong;
};

const write = async (tables: readonly Table[], results: Results): Promise<void> => {
  await writeFile(PAGE, filled(await readFile(PAGE, 'utf8'), tables));
  for (const { file, svg } of plots(results)) await writeFile(`${DOCS}images/${file}`, svg);
};

const measure = async (): Promise<void> => {
  for (const { what, millis } of await processorTimes())
    process.stdout.write(`${millis.toFixed(2).padStart(8)} ms of a processor  ${what}\n`);
};

const options = {
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  measure: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const usage = (message: string): never => {
  process.stderr.write(`${message}\n\n${USAGE}\n`);
  process.exit(2);
};

const read = () => {
  try {
    const { values } = parseArgs({ options });
    const seed = Number(values.seed);
    const modes = [values.json, values.check, values.write, values.measure].filter(Boolean).length;
    if (modes > 1) return usage('--json, --check, --write and --measure exclude each other');
    if (Number.isSafeInteger(seed) && seed >= 0) return { ...values, seed };
    return usage(`--seed is a whole number from 0, got: ${values.seed}`);
  } catch (error) {
    return usage((error as Error).message);
  }
};

const run = async ({ seed, ...values }: ReturnType<typeof read>): Promise<void> => {
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  if (values.measure) return measure();
  const results = simulate(seed);
  const tables = [...modelTables(), ...resultTables(results)];
  const wrong = broken(results);
  if (values.check) wrong.push(...(await check(tables, results)));
  else if (values.write) await write(tables, results);
  else
    process.stdout.write(
      values.json ? `${JSON.stringify(document(tables, results))}\n` : `${tables.map(text).join('\n\n')}\n`,
    );
  for (const what of wrong) process.stderr.write(`${what} is not as claimed\n`);
  if (values.check && wrong.length === 0) process.stdout.write('docs/scale.md says what the program says.\n');
  if (wrong.length > 0) process.exitCode = 1;
};

const given = read();
try {
  await run(given);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
