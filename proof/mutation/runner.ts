import { relative } from 'node:path';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import {
  type CompleteDryRunResult,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { moduleSpace } from './module-space.ts';
import { type FileOutcome, runTestFile } from './test-file.ts';
import { inOrder, keepIndex, readIndex, type TestFile, testFiles } from './test-index.ts';

// What core does for a function or a command is partly tested through it; these are the quick ones of those tests.
const ELSEWHERE = [
  'test/cli/pause-resume.test.ts',
  'test/cli/redrive.test.ts',
  'test/cli/remove.test.ts',
  'test/cli/replay.test.ts',
  'test/cli/stats.test.ts',
  'test/lambda/breaker/handler.test.ts',
  'test/lambda/feedback/handler.test.ts',
  'test/lambda/feedback/settling.test.ts',
  'test/lambda/send/handler.test.ts',
  'test/lambda/send/once.test.ts',
];

// Simulated days, every schedule of two Regions, and a crash at every point of a send: each takes longer than a hundred
// other test files, and every mutant that lives would pay for them. Without them the score can only be lower.
const TOO_LONG = [
  /^test\/core\/rate\/(?:simulation|waiting)\.test\.ts$/,
  /^test\/core\/regions\//,
  /^test\/core\/send\/once-crash\.test\.ts$/,
];

const results = (file: string, outcome: FileOutcome, nameOfFailure: string): TestResult[] => {
  const tests = outcome.tests.map(({ id, name, milliseconds, failure }): TestResult => {
    const facts = { id, name, fileName: file, timeSpentMs: milliseconds };
    return failure === null
      ? { ...facts, status: TestStatus.Success }
      : { ...facts, status: TestStatus.Failed, failureMessage: failure };
  });
  if (outcome.failure === null) return tests;
  const facts = { id: nameOfFailure, name: nameOfFailure, fileName: file, timeSpentMs: 0 };
  return [...tests, { ...facts, status: TestStatus.Failed, failureMessage: outcome.failure }];
};

/**
 * Stryker's test runner for core: jest's test framework in one warm process, fresh modules for every mutant (so a
 * mutant that acts while a module loads needs nothing special, and nothing a mutant did can outlive it), only the
 * tests that reach the mutant, the likeliest first, ending at the first that fails.
 */
export class CoreTestRunner implements TestRunner {
  readonly #root = process.cwd();
  readonly #space = moduleSpace(this.#root);
  readonly #stryker: InstrumenterContext;
  #index: readonly TestFile[] | undefined;

  constructor() {
    const holder = globalThis as unknown as Record<string, InstrumenterContext>;
    holder[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
    this.#stryker = holder[INSTRUMENTER_CONSTANTS.NAMESPACE] as InstrumenterContext;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun(): Promise<DryRunResult> {
    const mutantCoverage = { static: {}, perTest: {} };
    this.#stryker.mutantCoverage = mutantCoverage;
    const index: TestFile[] = [];
    const tests: TestResult[] = [];
    for (const file of [...testFiles(this.#root, 'test/core', TOO_LONG), ...ELSEWHERE]) {
      const outcome = await runTestFile(this.#space, file, {
        wanted: () => true,
        during: (id) => this.#during(id),
        bail: false,
      });
      tests.push(...results(file, outcome, `${file}: loads`));
      const milliseconds = outcome.tests.reduce((sum, test) => sum + test.milliseconds, 0);
      index.push({ file, ids: outcome.tests.map(({ id }) => id), loads: [...outcome.files], milliseconds });
    }
    keepIndex(this.#root, index);
    this.#index = index;
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }: MutantRunOptions): Promise<MutantRunResult> {
    this.#index ??= readIndex(this.#root);
    const tested = relative(this.#root, sandboxFileName);
    const chosen = new Set(testFilter);
    const wanted = testFilter === undefined ? () => true : (id: string) => chosen.has(id);
    const reach = (test: TestFile): boolean => test.loads.includes(tested) && test.ids.some(wanted);
    this.#stryker.mutantCoverage = { static: {}, perTest: {} };
    this.#stryker.hitLimit = hitLimit as number;
    this.#stryker.hitCount = hitLimit === undefined ? (undefined as never) : 0;
    this.#stryker.activeMutant = activeMutant.id;
    const tests: TestResult[] = [];
    try {
      for (const test of inOrder(this.#index.filter(reach), tested)) {
        const outcome = await runTestFile(this.#space, test.file, { wanted, during: () => {}, bail: true });
        tests.push(...results(test.file, outcome, test.ids.find(wanted) ?? test.file));
        const limit = determineHitLimitReached(this.#stryker.hitCount, hitLimit);
        if (limit !== undefined) return toMutantRunResult(limit);
        if (tests.some(({ status }) => status === TestStatus.Failed)) break;
      }
      const complete: CompleteDryRunResult = { status: DryRunStatus.Complete, tests };
      return toMutantRunResult(complete);
    } finally {
      delete this.#stryker.activeMutant;
    }
  }

  #during(id: string | undefined): void {
    if (id === undefined) delete this.#stryker.currentTestId;
    else this.#stryker.currentTestId = id;
  }
}
