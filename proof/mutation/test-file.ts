import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import type * as FastCheck from 'fast-check';
import * as circus from 'jest-circus';
import * as mock from 'jest-mock';
import { fewerRuns } from './fewer-runs.ts';
import type { Loading, moduleSpace, Packages } from './module-space.ts';

/** What became of one test. */
export interface Outcome {
  /** Unique among all files: the file, the blocks and the test's name, a number where names repeat. */
  readonly id: string;
  readonly name: string;
  readonly milliseconds: number;
  /** The first error's text; `null` where the test passed. */
  readonly failure: string | null;
}

/** What running a test file came to. */
export interface FileOutcome {
  readonly tests: readonly Outcome[];
  /** The file did not load, or something outside its tests failed; `null` if all was well. */
  readonly failure: string | null;
  /** Every file that was loaded, relative to the root. */
  readonly files: ReadonlySet<string>;
}

/** Which tests of a file to run, and what to do around each. */
export interface Choice {
  /** Whether to run the test of this id. */
  readonly wanted: (id: string) => boolean;
  /** The id of the test that begins; `undefined` when it is over. */
  readonly during: (id: string | undefined) => void;
  /** Whether to leave out the rest after a failure. */
  readonly bail: boolean;
}

// As in the jest configuration.
const TIMEOUT = 60_000;

const { beforeAll, beforeEach, afterAll, afterEach, describe, it, test } = circus;
const timers = () =>
  new ModernFakeTimers({ config: { fakeTimers: {}, rootDir: '/' } as never, global: globalThis as never });
let faked: ModernFakeTimers | undefined;
const jest = {
  fn: mock.fn,
  useFakeTimers: (options: Parameters<ModernFakeTimers['useFakeTimers']>[0]) => {
    faked ??= timers();
    faked.useFakeTimers(options);
  },
  useRealTimers: () => faked?.useRealTimers(),
};
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect: jestExpect, it, jest, test });

const withFewerRuns = (require: Packages): Packages => {
  const fastCheck = fewerRuns(require('fast-check') as typeof FastCheck);
  return (name) => (name === 'fast-check' ? fastCheck : require(name));
};

const text = (error: unknown): string => {
  const thrown = Array.isArray(error) ? (error[0] ?? error[1]) : error;
  return String((thrown as { message?: unknown } | null)?.message ?? thrown);
};

type Test = circus.State['currentlyRunningTest'] & object;

const nameOf = (test: Test): string => {
  const names = [test.name];
  for (let block = test.parent; block.parent !== undefined; block = block.parent) names.unshift(block.name);
  return names.join(' ');
};

const ids = (file: string): ((test: Test) => string) => {
  const known = new Map<Test, string>();
  const seen = new Map<string, number>();
  return (test) => {
    const had = known.get(test);
    if (had !== undefined) return had;
    const name = `${file}: ${nameOf(test)}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const id = times === 1 ? name : `${name} (${times})`;
    known.set(test, id);
    return id;
  };
};

/**
 * Runs the chosen tests of one file with jest's own test framework (jest-circus, @jest/expect), in this process, on
 * modules that were loaded for this run alone. It does what jest does for the tests of core, without what makes jest
 * slow when it is started thousands of times: its file map, its contexts, its workers.
 */
export const runTestFile = async (
  space: ReturnType<typeof moduleSpace>,
  file: string,
  { wanted, during, bail }: Choice,
): Promise<FileOutcome> => {
  const idOf = ids(file);
  const tests: Outcome[] = [];
  let failed = false;
  const watch = (event: circus.Event): void => {
    if (event.name === 'test_start') {
      const id = idOf(event.test);
      if ((bail && failed) || !wanted(id)) event.test.mode = 'skip';
      else during(id);
    } else if (event.name === 'test_done') {
      during(undefined);
      const failure = event.test.errors.length === 0 ? null : text(event.test.errors[0]);
      failed ||= failure !== null;
      const milliseconds = event.test.duration ?? 0;
      tests.push({ id: idOf(event.test), name: nameOf(event.test), milliseconds, failure });
    }
  };
  circus.resetState();
  const state = circus.getState();
  state.testTimeout = TIMEOUT;
  const loading: Loading = space.loading(withFewerRuns);
  try {
    loading.load(file);
  } catch (error) {
    return { tests, failure: text(error), files: loading.files };
  }
  circus.addEventHandler(watch);
  try {
    const { unhandledErrors } = await circus.run();
    return { tests, failure: unhandledErrors[0] ?? null, files: loading.files };
  } finally {
    circus.removeEventHandler(watch);
    during(undefined);
    jest.useRealTimers();
  }
};
