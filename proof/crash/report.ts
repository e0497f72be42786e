import type { Coverage } from './coverage.ts';
import type { Explored, Failure } from './explore.ts';
import type { Unearthed } from './plant.ts';

/** What all of it came to. */
export interface Report {
  readonly scenarios: readonly Explored[];
  /** Empty where only some scenarios were run. */
  readonly coverage: readonly Coverage[];
  /** Empty where only some scenarios were run. */
  readonly planted: readonly (Unearthed & { readonly onlyByCrash: boolean })[];
  readonly seconds: number;
}

const failureLines = ({ plans, faults }: Failure): string[] => [
  ...faults.map((fault) => `    ${fault}`),
  `    --plans '${JSON.stringify(plans)}'`,
];

/** One scenario in a line, and below it what does not hold and how to see it again. */
export const scenarioLine = ({ program, name, passed, crashes, twice, worlds, failures }: Explored): string => {
  const crashed = `${crashes} crashes${twice === 0 ? '' : ` and ${twice} of two`}`;
  const line = `${failures.length === 0 ? 'holds' : 'FAILS'}  ${program}: ${name} · ${passed} sites, ${crashed}, ${worlds} worlds`;
  return [line, ...failures.flatMap(failureLines)].join('\n');
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** What people read at the end, below the line of each scenario. */
export const humanReport = ({ scenarios, coverage, planted, seconds }: Report): string => {
  const failed = sum(scenarios.map(({ failures }) => failures.length));
  return [
    '',
    ...coverage.map(
      ({ program, files, sites, passed, unreached }) =>
        `${program}: ${passed} of ${sites} sites in ${files} files passed` +
        (unreached.length === 0 ? '' : `, ${unreached.length} named with a reason`),
    ),
    ...coverage.flatMap(({ faults }) => faults.map((fault) => `  FAULT ${fault}`)),
    ...planted.map(({ name, faults, isCalm, onlyByCrash }) => {
      const how = faults.length === 0 ? 'NOT NOTICED' : isCalm ? 'noticed without a crash' : 'noticed by a crash';
      return `planted: ${name}: ${how}${onlyByCrash && isCalm ? ', which proves nothing' : ''}`;
    }),
    ...(scenarios.length === 0
      ? []
      : [
          `${sum(scenarios.map(({ crashes }) => crashes))} runs with one crash and ${sum(scenarios.map(({ twice }) => twice))} with two, ` +
            `${scenarios.length} scenarios, ${seconds} s: ${failed === 0 ? 'all holds' : `${failed} runs in which something does not hold`}`,
        ]),
  ].join('\n');
};
