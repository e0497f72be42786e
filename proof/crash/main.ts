// npm run crash: ends the functions at every place where they wait, one run a crash, and looks at what is left.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { coverageOf } from './coverage.ts';
import { type Explored, type Failure, replay } from './explore.ts';
import { unearth } from './plant.ts';
import { PLANTED } from './planted.ts';
import { humanReport, type Report, scenarioLine } from './report.ts';
import type { Plan } from './run.ts';
import { exploreAll } from './side-by-side.ts';
import { loadSuite } from './suite.ts';

const USAGE = `npm run crash [-- --scenario text] [--whole] [--processes N] [--json]
npm run crash -- --planted text [--json]
npm run crash -- --scenario text --plans '[{"nth":12,"moment":"after","arrive":[]}]'

  --scenario text  only the scenario of this name, as in "send: a key", or those whose name holds this text: no planted
                   faults, no list of sites
  --whole          runs to its end what follows from every single crash, not once for each world left behind: slower
  --processes N    default: one a core, ${availableParallelism()} here
  --planted text   only the planted faults whose name holds this text
  --plans JSON     makes one run with these crashes, as a failure tells them
  --json           one JSON object: {"scenarios","coverage","planted","seconds"}

Exit codes: 0 all holds, 1 something does not, 2 usage.`;

const usage = (message: string): never => {
  process.stderr.write(`${message}\n\n${USAGE}\n`);
  process.exit(2);
};

const given = (() => {
  const options = {
    scenario: { type: 'string', default: '' },
    whole: { type: 'boolean', default: false },
    processes: { type: 'string', default: String(availableParallelism()) },
    planted: { type: 'string' },
    plans: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return usage((error as Error).message);
  }
})();

const processes = Number(given.processes);
if (!Number.isInteger(processes) || processes < 1) usage('--processes: a whole number of at least 1');

const fullName = ({ program, name }: { readonly program: string; readonly name: string }): string =>
  `${program}: ${name}`;

const say = (line: string): void => {
  if (!given.json) process.stdout.write(`${line}\n`);
};

const { scenarios, programs, programOf } = await loadSuite();
const named = scenarios.filter((scenario) => fullName(scenario) === given.scenario);
const chosen = named.length > 0 ? named : scenarios.filter((scenario) => fullName(scenario).includes(given.scenario));
if (chosen.length === 0) usage(`--scenario: no name holds "${given.scenario}"`);

const dig = async (text: string): Promise<Report['planted']> => {
  const planted = [];
  for (const each of PLANTED.filter(({ name }) => name.includes(text)))
    planted.push({ ...(await unearth(each)), onlyByCrash: each.onlyByCrash });
  return planted;
};

const runAll = async (): Promise<Omit<Report, 'seconds'>> => {
  if (given.planted !== undefined) return { scenarios: [], coverage: [], planted: await dig(given.planted) };
  const explored: Explored[] = [];
  await exploreAll(chosen.map(fullName), processes, { whole: given.whole }, (each) => {
    explored.push(each);
    say(scenarioLine(each));
  });
  const isPart = chosen.length < scenarios.length;
  const order = new Map(chosen.map((scenario, i) => [fullName(scenario), i]));
  explored.sort((a, b) => (order.get(fullName(a)) ?? 0) - (order.get(fullName(b)) ?? 0));
  const coverage = isPart ? [] : programs.map((program) => coverageOf(program, explored));
  return { scenarios: explored, coverage, planted: isPart ? [] : await dig('') };
};

const replayed = async (plans: readonly Plan[]): Promise<readonly Failure[]> => {
  const [scenario, another] = chosen;
  if (scenario === undefined || another !== undefined) return usage('--plans: --scenario must name one scenario');
  return replay(scenario, programOf(scenario), plans);
};

const readPlans = (text: string): readonly Plan[] => {
  try {
    const plans: unknown = JSON.parse(text);
    if (Array.isArray(plans)) return plans;
  } catch {
    // falls through to the same error as any other text that is no list
  }
  return usage('--plans: a JSON array of crashes, as a failure tells them');
};

if (given.help) process.stdout.write(`${USAGE}\n`);
else if (given.plans !== undefined) {
  const failures = await replayed(readPlans(given.plans));
  process.stdout.write(
    given.json
      ? `${JSON.stringify({ failures })}\n`
      : `${failures.flatMap(({ faults }) => faults).join('\n') || 'all holds'}\n`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
} else {
  const began = performance.now();
  const report = { ...(await runAll()), seconds: Math.round((performance.now() - began) / 1000) };
  process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : `${humanReport(report)}\n`);
  const holds =
    report.scenarios.every(({ failures }) => failures.length === 0) &&
    report.coverage.every(({ faults }) => faults.length === 0) &&
    report.planted.every(({ faults, isCalm, onlyByCrash }) => faults.length > 0 && !(onlyByCrash && isCalm));
  process.exitCode = holds ? 0 : 1;
}
