import type { FeedDetail, FeedItem, FeedState, Problem, Pulse } from '../../api.ts';
import type { FeedListener } from './feed.ts';
import type { FeedLine } from './feed-line.ts';

/** How much is kept. */
export interface FeedLogLimits {
  /** @default 1000 */
  readonly lines?: number;
  /** Bytes of raw texts. @default 32 MB */
  readonly bytes?: number;
}

interface Kept {
  readonly item: FeedItem;
  told: FeedLine['told'];
}

const LINES = 1000;
const BYTES = 32 * 1024 * 1024;
const NO_LONGER = 'Its text is no longer kept: the texts of newer lines took its place.';

const bytesOf = ({ told }: Pick<Kept, 'told'>): number =>
  told.raw.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

const same = (a: Problem | null, b: Problem | null): boolean => a?.code === b?.code && a?.message === b?.message;

/** Whoever is told of what comes into a log. */
export type LogListener = Omit<FeedListener, 'ended'>;

/**
 * The newest lines, and who is told of the next. The oldest lines go when there are too many; where their texts are too
 * long together, the oldest lose those first.
 *
 * @example const log = new FeedLog({ of: 'all', everySeconds: null }); log.add(line); log.since(0) // [{ id: 1, … }]
 */
export class FeedLog {
  readonly #of: Pick<FeedState, 'of' | 'everySeconds'>;
  readonly #limits: Required<FeedLogLimits>;
  readonly #kept = new Map<number, Kept>();
  readonly #listeners = new Set<LogListener>();
  #newest = 0;
  #bytes = 0;
  /** The oldest line that may have texts. */
  #texts = 1;
  #problem: Problem | null = null;
  #pulse: Pulse | undefined;

  constructor(of: Pick<FeedState, 'of' | 'everySeconds'>, { lines = LINES, bytes = BYTES }: FeedLogLimits = {}) {
    this.#of = of;
    this.#limits = { lines, bytes };
  }

  get state(): FeedState {
    return { ...this.#of, newest: this.#newest, problem: this.#problem };
  }

  get pulse(): Pulse | undefined {
    return this.#pulse;
  }

  /** Bytes of the raw texts that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a line and tells everybody. */
  add({ item, told }: FeedLine): void {
    this.#newest += 1;
    const kept: Kept = { item: { id: this.#newest, ...item }, told };
    this.#kept.set(this.#newest, kept);
    this.#bytes += bytesOf(kept);
    this.#forget();
    this.#tell((listener) => listener.item(kept.item));
  }

  /** What keeps the feed from going on; null: nothing does. */
  setProblem(problem: Problem | null): void {
    if (same(problem, this.#problem)) return;
    this.#problem = problem;
    this.#tell((listener) => listener.state(this.state));
  }

  setPulse(pulse: Pulse): void {
    this.#pulse = pulse;
    this.#tell((listener) => listener.pulse(pulse));
  }

  /**
   * The lines after one, oldest first.
   *
   * @param after - one that was never given, as of another run, is as good as none
   */
  since(after: number): readonly FeedItem[] {
    const from = after > this.#newest ? 0 : after;
    const items: FeedItem[] = [];
    for (let id = Math.max(from, this.#newest - this.#kept.size) + 1; id <= this.#newest; id += 1) {
      const kept = this.#kept.get(id);
      if (kept !== undefined) items.push(kept.item);
    }
    return items;
  }

  /** All that is known of a line; undefined: it is no longer kept. */
  async detail(id: number): Promise<FeedDetail | undefined> {
    const kept = this.#kept.get(id);
    return kept === undefined ? undefined : { item: kept.item, ...kept.told };
  }

  /** @returns ends it */
  listen(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A listener may end itself, or others, while it is told. */
  #tell(what: (listener: LogListener) => void): void {
    for (const listener of [...this.#listeners]) what(listener);
  }

  #forget(): void {
    while (this.#kept.size > this.#limits.lines) {
      const oldest = this.#newest - this.#kept.size + 1;
      this.#dropTexts(oldest);
      this.#kept.delete(oldest);
    }
    // the newest keeps its own: each text is bounded
    for (; this.#bytes > this.#limits.bytes && this.#texts < this.#newest; this.#texts += 1)
      this.#dropTexts(this.#texts);
  }

  #dropTexts(id: number): void {
    const kept = this.#kept.get(id);
    if (kept === undefined || kept.told.raw.length === 0) return;
    this.#bytes -= bytesOf(kept);
    kept.told = { ...kept.told, raw: [], lacks: NO_LONGER };
  }
}
