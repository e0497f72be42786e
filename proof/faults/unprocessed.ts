/** A batch call of DynamoDB: keys to read of each table, or items to write. */
export interface BatchInput {
  readonly RequestItems: Readonly<Record<string, BatchPart>>;
}
type BatchPart = readonly object[] | { readonly Keys: readonly object[] };

/** Its answer. */
export interface BatchOutput {
  readonly UnprocessedKeys?: Readonly<Record<string, BatchPart>>;
  readonly UnprocessedItems?: Readonly<Record<string, BatchPart>>;
  readonly Responses?: object;
}

const partsOf = (part: BatchPart): readonly object[] => ('Keys' in part ? part.Keys : part);

const withParts = (part: BatchPart, parts: readonly object[]): BatchPart =>
  'Keys' in part ? { ...part, Keys: parts } : parts;

const withoutEmpty = (tables: readonly (readonly [string, BatchPart])[]): Readonly<Record<string, BatchPart>> =>
  Object.fromEntries(tables.filter(([, part]) => partsOf(part).length > 0));

/**
 * Splits a batch call into what is asked for and what is left unprocessed.
 *
 * @param isLeft - asked for each key or item, as JSON; if it says no of all of them, the first is left
 * @returns `asked` is undefined if nothing is left to ask for
 */
export const withheld = (
  { RequestItems }: BatchInput,
  isLeft: (part: string) => boolean,
): { readonly asked: BatchInput | undefined; readonly left: Readonly<Record<string, BatchPart>> } => {
  const tables = Object.entries(RequestItems);
  const all = tables.flatMap(([, part]) => partsOf(part));
  const chosen = new Set(all.filter((part) => isLeft(JSON.stringify(part))));
  const [first] = all;
  if (chosen.size === 0 && first !== undefined) chosen.add(first);
  const split = (keep: boolean) =>
    withoutEmpty(
      tables.map(([table, part]) => [
        table,
        withParts(
          part,
          partsOf(part).filter((each) => chosen.has(each) === keep),
        ),
      ]),
    );
  const asked = split(false);
  return { asked: Object.keys(asked).length === 0 ? undefined : { RequestItems: asked }, left: split(true) };
};

const together = (
  a: Readonly<Record<string, BatchPart>> = {},
  b: Readonly<Record<string, BatchPart>>,
): Readonly<Record<string, BatchPart>> =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((table) => {
      const [one, other] = [a[table], b[table]];
      if (one === undefined || other === undefined) return [table, (one ?? other) as BatchPart];
      return [table, withParts(other, [...partsOf(one), ...partsOf(other)])];
    }),
  );

/** An answer that also tells what was left unprocessed. */
export const joined = (
  operation: string,
  output: BatchOutput,
  left: Readonly<Record<string, BatchPart>>,
): BatchOutput =>
  operation === 'BatchGetItem'
    ? { Responses: {}, ...output, UnprocessedKeys: together(output.UnprocessedKeys, left) }
    : { ...output, UnprocessedItems: together(output.UnprocessedItems, left) };
