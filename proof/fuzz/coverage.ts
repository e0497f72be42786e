import { Session } from 'node:inspector';

/** The part of V8's report that is read here. */
interface Report {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
    }[];
  }[];
}

const ROOT = new URL('../../', import.meta.url).href;
/** What is under test. */
const OURS = ['core/', 'adapters/', 'lambda/', 'cli/', 'console/', 'local/'].map((folder) => `${ROOT}${folder}`);

/** Blocks of the product's code that were run, as V8 counts them: tells which inputs reach what none has reached before. */
export class Coverage {
  readonly #session = new Session();
  readonly #seen = new Set<string>();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  }

  /** How many blocks were run that had not been before. */
  fresh(): number {
    const before = this.#seen.size;
    this.#session.post('Profiler.takePreciseCoverage', (fault, report) => {
      if (fault === null) this.#add(report as Report);
    });
    return this.#seen.size - before;
  }

  stop(): void {
    this.#session.disconnect();
  }

  #add({ result }: Report): void {
    for (const { url, functions } of result) {
      if (!OURS.some((folder) => url.startsWith(folder))) continue;
      for (const { ranges } of functions)
        for (const { startOffset, endOffset, count } of ranges)
          if (count > 0) this.#seen.add(`${url}:${startOffset}-${endOffset}`);
    }
  }
}
