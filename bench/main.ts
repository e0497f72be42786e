// npm run bench: every budget of the design beside its floor, measured now. `--json` for machines, `--all` adds the
// row that takes minutes, `--save` keeps the figures and shows them in docs/bench.md.
import { parseArgs, styleText } from 'node:util';
import { calls } from './calls.ts';
import { coldImports } from './cold-imports.ts';
import { measuredHere } from './measured.ts';
import { memory } from './memory.ts';
import { queueCalls } from './queue-calls.ts';
import { reading } from './reading.ts';
import { RESULTS, readResults, saveResults, writePage } from './results.ts';
import { isMiscounted, type Row } from './row.ts';
import { type RowResults, rowsPage, rowsText } from './rows-table.ts';
import { sendCalls } from './send-calls.ts';
import { sending } from './sending.ts';
import { cleanInstall, firstLoop } from './whole-runs.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const USAGE = `npm run bench [-- --json] [-- --all] [-- --save]

  --json  one JSON object: {"measured":{…},"rows":[{"name","value","unit","floor","ratio","budget","budgetOf","noise"}]}
  --all   also npm ci && npm test in a fresh copy, which takes minutes
  --save  keep the figures in bench/results/rows.json and show them in docs/bench.md

A budget limits the ratio to the floor where the row has one, else the value ("budgetOf"). Figures are medians of one
run, each round beside its floor; "noise" is where half of the rounds lay.

Exit codes: 0 every count is within its budget, 1 one is over, 2 usage. A time that is over is told and is no fault: it may be
the machine's noise.`;

const MEASUREMENTS = [reading, sending, coldImports, calls, sendCalls, queueCalls, memory, firstLoop];

const measure = async (all: boolean): Promise<RowResults> => {
  const rows: Row[] = [];
  for (const each of [...MEASUREMENTS, ...(all ? [cleanInstall] : [])]) rows.push(...(await each()));
  return { measured: measuredHere(`npm run bench${all ? ' -- --all' : ''}`), rows };
};

const page = ({ rows }: RowResults): string =>
  rowsText(rows)
    .map((line, i) => (i === 0 && process.stdout.isTTY ? styleText('bold', line) : line))
    .join('\n');

const { json, all, save, help } = (() => {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ options: { json: flag, all: flag, save: flag, help: flag } }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    process.exit(2);
  }
})();

if (help) process.stdout.write(`${USAGE}\n`);
else {
  const results = await measure(all === true);
  if (save) {
    await saveResults(RESULTS.rows, results);
    // as they were kept: what is rounded twice may differ
    await writePage({ rows: rowsPage((await readResults(RESULTS.rows)) as RowResults) });
  }
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : `${page(results)}\n`);
  if (results.rows.some(isMiscounted)) process.exitCode = 1;
}
