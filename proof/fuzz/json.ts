/** What JSON can say. Objects may have any names, `__proto__` among them, so they are made by `Object.fromEntries` only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The names and positions that lead to a node. */
export type Path = readonly (string | number)[];

/** Nodes that are looked at in one tree. */
const MOST_NODES = 3000;

/** Whether a value is an object, as opposed to a list or a plain value. */
export const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** A value as its children, with the name of each. */
const children = (value: Json): readonly (readonly [string | number, Json])[] =>
  isList(value) ? value.map((child, i) => [i, child] as const) : isObject(value) ? Object.entries(value) : [];

/** Paths of the nodes of a tree, the root first, level by level. */
export const pathsOf = (tree: Json): Path[] => {
  const found: (readonly [Path, Json])[] = [[[], tree]];
  for (let at = 0; at < found.length && found.length < MOST_NODES; at += 1) {
    const [path, value] = found[at] ?? [[], null];
    for (const [name, child] of children(value)) found.push([[...path, name], child]);
  }
  return found.map(([path]) => path);
};

/** What stands at a path; undefined where nothing does. */
export const at = (tree: Json, path: Path): Json | undefined => {
  let value: Json | undefined = tree;
  for (const step of path) {
    if (isList(value)) value = value[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[String(step)];
    else return undefined;
  }
  return value;
};

/** The tree with another value at a path; undefined takes the member or the element away. */
export const withAt = (tree: Json, [step, ...rest]: Path, value: Json | undefined): Json => {
  if (step === undefined) return value ?? null;
  if (isList(tree))
    return tree.flatMap((child, i) => {
      if (i !== step) return [child];
      if (rest.length === 0 && value === undefined) return [];
      return [withAt(child, rest, value)];
    });
  if (!isObject(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, child]) => {
      if (name !== step) return [[name, child]];
      if (rest.length === 0 && value === undefined) return [];
      return [[name, withAt(child, rest, value)]];
    }),
  );
};
