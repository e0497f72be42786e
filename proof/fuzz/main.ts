// npm run fuzz: gives what nobody expects to everything that takes outside input, and looks at what comes of it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { type CampaignReport, campaign } from './campaign.ts';
import { decodeInput, type Finding, faultOf } from './finding.ts';
import { makeTargets, TARGET_NAMES } from './targets/index.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const USAGE = `npm run fuzz [-- --seconds N] [--target name …] [--seed S] [--json] [--keep folder]
npm run fuzz -- --replay file

  --seconds N      how long in all, default 60
  --target name    only this one; may be given more than once: ${TARGET_NAMES.join(', ')}
  --seed S         another seed makes other inputs, default 1
  --keep folder    write each finding there as a file that --replay takes
  --replay file    give the input of one finding to its target again
  --json           one JSON object: {"seed","targets":[…],"findings":[…]}

Exit codes: 0 nothing was found, 1 something was, 2 usage.`;

const usage = (message: string): never => {
  process.stderr.write(`${message}\n\n${USAGE}\n`);
  process.exit(2);
};

const options = {
  seconds: { type: 'string', default: '60' },
  target: { type: 'string', multiple: true },
  seed: { type: 'string', default: '1' },
  keep: { type: 'string' },
  replay: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const given = (() => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return usage((error as Error).message);
  }
})();

const numberOf = (name: 'seconds' | 'seed', least: number): number => {
  const value = Number(given[name]);
  return Number.isFinite(value) && value >= least ? value : usage(`--${name}: a number of at least ${least}`);
};

const findingWords = (finding: Finding): string =>
  [
    `${finding.kind} in ${finding.target}: ${finding.message}`,
    ...(finding.stack === '' ? [] : [finding.stack]),
    `  seed ${finding.seed}, input ${finding.input.length > 400 ? `${finding.input.slice(0, 400)}… (--keep writes it whole)` : finding.input}`,
  ].join('\n');

const table = ({ targets }: CampaignReport): string => {
  const head = ['', 'inputs', '/s', 'kept', 'blocks', 'answers seen'];
  const rows = targets.map(({ target, inputs, inputsPerSecond, kept, blocks, seen, unseen }) => [
    target,
    String(inputs),
    String(inputsPerSecond),
    String(kept),
    String(blocks),
    `${seen.length} of ${seen.length + unseen.length}`,
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  return [head, ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .map((line, i) => (i === 0 && process.stdout.isTTY ? styleText('bold', line) : line))
    .join('\n');
};

const unseenWords = ({ targets }: CampaignReport): string =>
  targets
    .filter(({ unseen }) => unseen.length > 0)
    .map(({ target, unseen }) => `  ${target}: ${unseen.join(', ')}\n`)
    .join('');

const human = (report: CampaignReport): string => {
  const unseen = unseenWords(report);
  const { findings, seed } = report;
  return [
    table(report),
    ...(unseen === ''
      ? []
      : [`\nAnswers that no input brought this time, more of them the shorter it ran; no fault:\n${unseen.trimEnd()}`]),
    findings.length === 0
      ? `\nNothing was found with seed ${seed}.`
      : `\n${findings.length} found with seed ${seed}:\n\n${findings.map(findingWords).join('\n\n')}`,
  ].join('\n');
};

const keep = async (folder: string, findings: readonly Finding[]): Promise<void> => {
  await mkdir(folder, { recursive: true });
  for (const [i, finding] of findings.entries())
    await writeFile(
      join(folder, `${finding.target}-${finding.kind}-${i + 1}.json`),
      `${JSON.stringify(finding, null, 2)}\n`,
    );
};

const replay = async (file: string): Promise<number> => {
  const finding: Finding = JSON.parse(await readFile(file, 'utf8'));
  const [target] = await makeTargets([finding.target]);
  if (target === undefined) return usage(`${file}: there is no target ${finding.target}`);
  try {
    const answers = await target.run(decodeInput(finding.input));
    process.stdout.write(`nothing is wrong: ${JSON.stringify(answers)}\n`);
    return 0;
  } catch (fault) {
    process.stdout.write(`${findingWords({ ...finding, ...faultOf(fault) })}\n`);
    return 1;
  } finally {
    await target.stop?.();
  }
};

const fuzz = async (): Promise<number> => {
  const only = given.target;
  const unknown = only?.find((name) => !TARGET_NAMES.includes(name));
  if (unknown !== undefined) return usage(`--target: there is no ${unknown}`);
  const report = await campaign({
    targets: new URL('./targets/index.ts', import.meta.url),
    ...(only === undefined ? {} : { only }),
    seed: numberOf('seed', 0),
    millis: numberOf('seconds', 1) * 1000,
  });
  if (given.keep !== undefined) await keep(given.keep, report.findings);
  process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : `${human(report)}\n`);
  return report.findings.length === 0 ? 0 : 1;
};

/** What keeps the fuzzer itself from its work, such as bundles that are not built. */
const failed = (fault: unknown): number => {
  process.stderr.write(`${String(fault)}\n`);
  return 1;
};

if (given.help) process.stdout.write(`${USAGE}\n`);
else process.exit(await (given.replay === undefined ? fuzz() : replay(given.replay)).catch(failed));
