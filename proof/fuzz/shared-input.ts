import type { Json } from './json.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** Places of the numbers that both sides see. */
const TURN = 0;
const LENGTH = 1;

/** The input that a worker is at, where the thread that watches it can read it even if the worker never comes back. */
export class SharedInput {
  readonly buffers: readonly [numbers: SharedArrayBuffer, text: SharedArrayBuffer];
  readonly #numbers: Int32Array;
  readonly #text: Uint8Array;

  constructor(buffers: SharedInput['buffers'] = [new SharedArrayBuffer(8), new SharedArrayBuffer(MOST_BYTES)]) {
    this.buffers = buffers;
    this.#numbers = new Int32Array(buffers[0]);
    this.#text = new Uint8Array(buffers[1]);
  }

  /** Says which target is at what; undefined: at nothing. */
  put(target: string, input: Json | undefined): void {
    const text = input === undefined ? '' : JSON.stringify([target, input]);
    Atomics.store(this.#numbers, LENGTH, 0);
    const { read, written } = new TextEncoder().encodeInto(text, this.#text);
    Atomics.store(this.#numbers, LENGTH, read < text.length ? 0 : written);
    Atomics.add(this.#numbers, TURN, 1);
  }

  /** Changes with every input. */
  get turn(): number {
    return Atomics.load(this.#numbers, TURN);
  }

  /** Whether it is at anything. */
  get isBusy(): boolean {
    return Atomics.load(this.#numbers, LENGTH) > 0;
  }

  /** What it is at; undefined: at nothing, or at what is too long to be told. To be asked of a worker that does not move. */
  get(): { readonly target: string; readonly input: Json } | undefined {
    const length = Atomics.load(this.#numbers, LENGTH);
    if (length === 0) return undefined;
    const [target, input] = JSON.parse(new TextDecoder().decode(this.#text.slice(0, length)));
    return { target, input };
  }
}
