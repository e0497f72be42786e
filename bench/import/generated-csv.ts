/** What a generated file holds. */
export interface Generated {
  readonly rows: number;
  /** Rows whose address is none. */
  readonly unusable: number;
  /** Rows that say again what the row before said. */
  readonly repeated: number;
}

/** One row in so many is unusable, and one in so many is repeated. */
const UNUSABLE_EVERY = 1000;
const REPEATED_EVERY = 500;
const ROWS_PER_PIECE = 400;
const FIRST_SECOND = 1_600_000_000;

/** What {@link generatedCsv} holds. */
export const generated = (rows: number): Generated => ({
  rows,
  unusable: Math.floor(rows / UNUSABLE_EVERY),
  repeated: Math.floor(rows / REPEATED_EVERY) - Math.floor(rows / UNUSABLE_EVERY),
});

const row = (i: number): string => {
  const unusable = i % UNUSABLE_EVERY === 0;
  const same = i % REPEATED_EVERY === 0 && !unusable ? i - 1 : i;
  const given = unusable ? `nobody${i}.target.example` : `Person.${same}@target${same % 97}.example`;
  return `5.1.1,"550 5.1.1 account ${same} does not exist, please check ""the address""",${given},${FIRST_SECOND + same}\r\n`;
};

/**
 * The bytes of a file as SendGrid gives it, made while they are read.
 *
 * @example for await (const piece of generatedCsv(1_000_000)) …
 */
export async function* generatedCsv(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('status,reason,email,created\r\n');
  for (let from = 1; from <= rows; from += ROWS_PER_PIECE) {
    let text = '';
    for (let i = from; i < from + ROWS_PER_PIECE && i <= rows; i += 1) text += row(i);
    yield Buffer.from(text);
  }
}
