// npm run bench: every budget of the design beside its floor, measured now. `--json` for machines, `--all` adds the
// rows that take minutes.
import { parseArgs, styleText } from 'node:util';
import { calls } from './calls.ts';
import { coldImports } from './cold-imports.ts';
import { memory } from './memory.ts';
import { queueCalls } from './queue-calls.ts';
import { reading } from './reading.ts';
import { isWithin, type Row } from './row.ts';
import { sendCalls } from './send-calls.ts';
import { sending } from './sending.ts';
import { cleanInstall, firstLoop } from './whole-runs.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const USAGE = `npm run bench [-- --json] [-- --all]

  --json  one JSON object: {"rows":[{"name","value","unit","floor","ratio","budget","budgetOf"}]}
  --all   also npm ci && npm test in a fresh copy, which takes minutes

A budget limits the ratio to the floor where the row has one, else the value; both figures are medians of one run.`;

const figure = (value: number | null): string =>
  value === null ? '' : value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(2);

const table = (rows: readonly Row[]): string => {
  const cells = rows.map((row) => [
    row.name,
    figure(row.value),
    row.unit,
    figure(row.floor),
    figure(row.ratio),
    `${row.budgetOf === 'ratio' ? '×' : ''} ${figure(row.budget)}`.trim(),
    isWithin(row) ? 'within' : 'OVER',
  ]);
  const head = ['', 'value', '', 'floor', 'ratio', 'budget', ''];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => (row[i] ?? '').length)));
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 || i === 2 || i === 6 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .map((line, i) => (i === 0 && process.stdout.isTTY ? styleText('bold', line) : line))
    .join('\n');
};

const { json, all, help } = (() => {
  try {
    const options = { json: { type: 'boolean' }, all: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    process.exit(2);
  }
})();

if (help) process.stdout.write(`${USAGE}\n`);
else {
  const rows: Row[] = [];
  for (const measure of [
    reading,
    sending,
    coldImports,
    calls,
    sendCalls,
    queueCalls,
    memory,
    firstLoop,
    ...(all ? [cleanInstall] : []),
  ])
    rows.push(...(await measure()));
  process.stdout.write(json ? `${JSON.stringify({ rows })}\n` : `${table(rows)}\n`);
}
