// npm run conformance: asks a runner about every case of the corpus and compares its answers with what is expected.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCorpus } from './corpus/load.ts';
import { tasksOf } from './corpus/tasks.ts';
import { askRunner } from './run/ask-runner.ts';
import { LEVELS, LEVELS_OF, type Level } from './run/level.ts';
import { differencesText, table } from './run/report.ts';
import { scoreOf } from './run/score.ts';

// ends by `exit`, so that the runner ends too
process.once('SIGINT', () => process.exit(130));

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OWN = `"${process.execPath}" --import tsx "${join(HERE, 'runner.ts')}"`;

const USAGE = `npm run conformance [-- --runner <command>] [--level <level>]… [--theme <theme>]… [--show <n>] [--timeout <s>] [--json]

  --runner <command>  what answers, as one would type it in a shell (default: this project)
  --level <level>     only this level: ${LEVELS.join(', ')}; may be given several times
  --theme <theme>     only this theme, such as bounces; may be given several times
  --show <n>          differences to print (default: 10)
  --timeout <s>       seconds the runner may take (default: 120)
  --json              one JSON object: {"version","runner","counts":[…],"differences":[…],"breaches":[…]}

Exit codes: 0 nothing differs, 1 something does, 2 usage. What a runner does not support is no difference.
Example: npm run --silent conformance -- --runner "python3 conformance/examples/runner.py" --level reading`;

const usage = (problem: string): never => {
  process.stderr.write(`${problem}\n\n${USAGE}\n`);
  process.exit(2);
};

const given = (() => {
  const many = { type: 'string', multiple: true } as const;
  const one = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { runner: one, level: many, theme: many, show: one, timeout: one, json: flag, help: flag } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return usage((error as Error).message);
  }
})();

const number = (name: string, raw: string | undefined, byDefault: number): number => {
  const value = raw === undefined ? byDefault : Number(raw);
  return Number.isInteger(value) && value >= 0 ? value : usage(`--${name}: expected a whole number, got ${raw}`);
};

const isLevel = (name: string): name is Level => (LEVELS as readonly string[]).includes(name);

if (given.help) process.stdout.write(`${USAGE}\n`);
else {
  const { runner = 'this project', level = [...LEVELS], json = false } = given;
  const levels = level.filter(isLevel);
  if (levels.length < level.length) usage(`--level: expected ${LEVELS.join(', ')}, got ${level.join(', ')}`);
  const show = number('show', given.show, 10);
  const timeoutMs = number('timeout', given.timeout, 120) * 1000;
  const corpus = await loadCorpus(HERE);
  const themes = new Set(corpus.cases.map(({ theme }) => theme));
  for (const theme of given.theme ?? [])
    if (!themes.has(theme)) usage(`--theme: expected ${[...themes].join(', ')}, got ${theme}`);
  const asked = corpus.cases
    .filter(({ theme }) => given.theme?.includes(theme) ?? true)
    .filter(({ kind }) => LEVELS_OF[kind].some((each) => levels.includes(each)))
    .flatMap(tasksOf);
  if (asked.length === 0) usage('no case is of this theme and this level');
  const said = await askRunner(
    given.runner ?? OWN,
    asked.map(({ task }) => task),
    { timeoutMs },
  );
  const score = scoreOf(asked, said, levels);
  const cases = new Set(asked.map(({ of }) => of.id)).size;
  const differs = score.differences.length > 0 || score.breaches.length > 0;
  if (json) process.stdout.write(`${JSON.stringify({ version: corpus.version, runner, cases, ...score })}\n`);
  else {
    const head = `corpus ${corpus.version}: ${cases} cases, ${asked.length} tasks; runner: ${runner}`;
    const end = differs ? differencesText(score, show) : 'Nothing differs.';
    process.stdout.write(`${head}\n\n${table(score)}\n\n${end}\n`);
  }
  process.exitCode = differs ? 1 : 0;
}
