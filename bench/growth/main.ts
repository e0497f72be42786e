// npm run growth: how each figure grows with the size of what is asked, and whether it grows as it should.
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs, styleText } from 'node:util';
import { measuredHere } from '../measured.ts';
import { IMAGES, RESULTS, readResults, resultsText, saveResults, writePage } from '../results.ts';
import { breaches, type Curve, type CurveResults } from './curve.ts';
import { entryCurves } from './curves/entry.ts';
import { feedbackCurves } from './curves/feedback.ts';
import { fileCurves } from './curves/files.ts';
import { queueCurves } from './curves/queue.ts';
import { sendCurves } from './curves/send.ts';
import { tableCurves } from './curves/table.ts';
import { plot } from './plot.ts';
import { breachText, curvesPage, curvesText } from './report.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const PARTS: Readonly<Record<string, (all: boolean) => Promise<Curve[]>>> = {
  feedback: feedbackCurves,
  entry: entryCurves,
  send: sendCurves,
  queue: queueCurves,
  table: tableCurves,
  files: fileCurves,
};

const USAGE = `npm run growth [-- --json] [-- --only PART]… [-- --all] [-- --save] [-- --plots]

  --json       one JSON object: {"measured":{…},"curves":[{"name","title","law","x","y","lines":[…]}]}
  --only PART  ${Object.keys(PARTS).join(', ')}; may be repeated
  --all        also a table of 1,000,000 entries and a file of 1,000,000 rows: half an hour, 2 GB
  --save       keep the figures in bench/results/curves.json, draw docs/images/bench-*.svg, show them in docs/bench.md
  --plots      measure nothing: draw and show again what was kept

Exit codes: 0 every count is what its law says, 1 one is not, 2 usage. How steep a time grows is told, never judged.`;

const fail = (message: string): never => {
  process.stderr.write(`${message}\n\n${USAGE}\n`);
  process.exit(2);
};

const options = (() => {
  const flag = { type: 'boolean' } as const;
  const only = { type: 'string', multiple: true } as const;
  try {
    return parseArgs({ options: { json: flag, only, all: flag, save: flag, plots: flag, help: flag } }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
})();

const measure = async (parts: readonly string[], all: boolean): Promise<CurveResults> => {
  const curves: Curve[] = [];
  for (const part of parts) {
    process.stderr.write(`measuring ${part} …\n`);
    curves.push(...((await PARTS[part]?.(all)) ?? []));
  }
  return { measured: measuredHere(`npm run growth${all ? ' -- --all' : ''}`), curves };
};

/** Draws and shows what is kept, not what was measured: figures lose digits when they are kept. */
const show = async (): Promise<CurveResults> => {
  const kept = (await readResults(RESULTS.curves)) as CurveResults;
  await mkdir(IMAGES, { recursive: true });
  for (const curve of kept.curves) await writeFile(`${IMAGES}bench-${curve.name}.svg`, plot(curve));
  await writePage({ curves: curvesPage(kept) });
  return kept;
};

const run = async (): Promise<void> => {
  const parts = options.only ?? Object.keys(PARTS);
  const unknown = parts.find((part) => PARTS[part] === undefined);
  if (unknown !== undefined) fail(`--only knows ${Object.keys(PARTS).join(', ')}, got: ${unknown}`);
  if (options.only !== undefined && options.save) fail('--save keeps one whole run: leave --only out');
  const results = options.plots ? await show() : await measure(parts, options.all === true);
  if (options.save && !options.plots) {
    await saveResults(RESULTS.curves, results);
    await show();
  }
  const [head = '', ...rows] = curvesText(results.curves);
  const lines = [process.stdout.isTTY ? styleText('bold', head) : head, ...rows];
  process.stdout.write(options.json ? resultsText(results) : `${lines.join('\n')}\n`);
  const broken = results.curves.flatMap(breaches);
  for (const breach of broken) process.stderr.write(`broken: ${breachText(breach)}\n`);
  if (broken.length > 0) process.exitCode = 1;
};

if (options.help) process.stdout.write(`${USAGE}\n`);
else await run();
