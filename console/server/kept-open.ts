import type { Dependencies } from '../../cli/dependencies.ts';
import { awsFault } from '../../cli/deployment/aws-fault.ts';
import { type Instant, SECOND } from '../../core/instant.ts';

/** Outputs and policy of a deployment may change while a console looks at it. */
const MAX_AGE = 300 * SECOND;

/** A client keeps the credentials that it began with. */
const OF_CREDENTIALS = new Set(['CredentialsRefused', 'NoCredentials']);

const isOfCredentials = (fault: unknown): boolean => OF_CREDENTIALS.has(awsFault(fault).code);

interface Closable {
  close(): void;
}

interface KeptEvents {
  closed(): void;
  /** Work with it ended with a fault. */
  failed(fault: unknown): void;
}

/** One thing that is open, and how many work with it. */
class Kept<T extends Closable> {
  readonly since: Instant;
  readonly #opening: Promise<T>;
  readonly #on: KeptEvents;
  #users = 0;
  #isLeft = false;
  #isClosed = false;

  constructor(opening: Promise<T>, since: Instant, on: KeptEvents) {
    this.#opening = opening;
    this.since = since;
    this.#on = on;
  }

  /** Nobody else is to be given it. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  /** @throws what kept it from being opened */
  async use(): Promise<T> {
    this.#users += 1;
    const opened = await this.#opening;
    let isDone = false;
    return {
      ...opened,
      close: (fault?: unknown) => {
        if (isDone) return;
        isDone = true;
        this.#users -= 1;
        if (fault !== undefined) this.#on.failed(fault);
        if (this.#isLeft && this.#users === 0) void this.close();
      },
    };
  }

  /** Closes it as soon as nobody works with it. */
  leave(): void {
    this.#isLeft = true;
    if (this.#users === 0) void this.close();
  }

  /** Closes it, whoever works with it. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#opening.then(
      (opened) => opened.close(),
      () => undefined,
    );
    this.#on.closed();
  }
}

/** What commands work with, kept open between requests. */
export interface KeptOpen {
  readonly deps: Dependencies;
  /** Closes all that is open, whoever works with it. */
  closeAll(): Promise<void>;
}

/**
 * The same dependencies, but what is opened stays open for the next who asks for the same, up to five minutes; then it is
 * opened anew, and what was is closed when nobody works with it any more. What could not be opened is tried again by the
 * next who asks; when AWS refuses credentials, all of it is opened anew, since somebody may log in again. `close()` of what
 * is handed out says no more than that its user is done, and with what fault. What `doctor` looks at is opened
 * anew each time, as it is asked seldom and must see what was deployed since, and closed when the look is over.
 */
export const keptOpen = (deps: Dependencies): KeptOpen => {
  const all = new Set<{ leave(): void; close(): Promise<void> }>();
  const failed = (fault: unknown): void => {
    if (isOfCredentials(fault)) for (const one of [...all]) one.leave();
  };
  const keep = <A extends readonly unknown[], T extends Closable>(
    open: (...args: A) => Promise<T>,
  ): ((...args: A) => Promise<T>) => {
    const kept = new Map<string, Kept<T>>();
    return async (...args) => {
      const key = JSON.stringify(args);
      const now = deps.now();
      const before = kept.get(key);
      if (before !== undefined && !before.isLeft && now - before.since < MAX_AGE) return before.use();
      const one: Kept<T> = new Kept(open(...args), now, { closed: () => all.delete(one), failed });
      kept.set(key, one);
      all.add(one);
      before?.leave();
      try {
        return await one.use();
      } catch (fault) {
        if (kept.get(key) === one) kept.delete(key);
        all.delete(one);
        throw fault;
      }
    };
  };
  const once =
    <A extends readonly unknown[], T extends Closable>(
      open: (...args: A) => Promise<T>,
    ): ((...args: A) => Promise<T>) =>
    async (...args) => {
      const one: Kept<T> = new Kept(open(...args), deps.now(), { closed: () => all.delete(one), failed });
      all.add(one);
      try {
        const used = await one.use();
        one.leave();
        return used;
      } catch (fault) {
        all.delete(one);
        throw fault;
      }
    };
  return {
    deps: {
      ...deps,
      openDoctor: once(deps.openDoctor),
      openList: keep(deps.openList),
      openMessages: keep(deps.openMessages),
      openLetters: keep(deps.openLetters),
      openMetrics: keep(deps.openMetrics),
      openSwitches: keep(deps.openSwitches),
      openAccountList: keep(deps.openAccountList),
      openImportJobs: keep(deps.openImportJobs),
      openSender: keep(deps.openSender),
    },
    closeAll: async () => {
      await Promise.all([...all].map((one) => one.close()));
    },
  };
};
