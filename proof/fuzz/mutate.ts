import { EDGE_DATES, EDGE_NUMBERS, HOSTILE_TEXT, PLAIN_VALUES } from './hostile.ts';
import { at, isObject, type Json, type Path, pathsOf, withAt } from './json.ts';

/** From 0 up to 1. */
export type Random = () => number;

/** What a mutation can draw from. */
export interface Sources {
  readonly random: Random;
  /** Other inputs, to take parts of. */
  readonly others: readonly Json[];
  /** Words that mean something to the program under test. */
  readonly words: readonly string[];
}

const MOST_MUTATIONS = 12;
const MOST_TREE_DEPTH = 400;

const below = (random: Random, n: number): number => Math.floor(random() * n);

/** One of a list that has some. */
export const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[below(random, list.length)];
  if (found === undefined && list.length === 0) throw new Error('nothing to pick from');
  return found as T;
};

const word = ({ random, words }: Sources): string =>
  words.length > 0 && random() < 0.6 ? pick(random, words) : pick(random, HOSTILE_TEXT);

const nested = (random: Random, inner: Json): Json => {
  let value = inner;
  const depth = 1 + below(random, random() < 0.1 ? MOST_TREE_DEPTH : 8);
  for (let i = 0; i < depth; i += 1) value = random() < 0.5 ? [value] : Object.fromEntries([['body', value]]);
  return value;
};

const size = (random: Random): number => pick(random, [2, 3, 10, 65, 257, 321, 1000, random() < 0.1 ? 100_000 : 999]);

type TextMutation = (text: string, sources: Sources) => string;

const range = (text: string, random: Random): readonly [number, number] => {
  const from = below(random, text.length + 1);
  return [from, from + below(random, Math.min(text.length - from, 40) + 1)];
};

const TEXT_MUTATIONS: readonly TextMutation[] = [
  (text, sources) => {
    const spot = below(sources.random, text.length + 1);
    return text.slice(0, spot) + word(sources) + text.slice(spot);
  },
  (text, { random }) => {
    const [from, to] = range(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  (text, { random }) => {
    const [from, to] = range(text, random);
    return text.slice(0, to) + text.slice(from);
  },
  (text, sources) => {
    const [from, to] = range(text, sources.random);
    return text.slice(0, from) + word(sources) + text.slice(to);
  },
  (text, { random }) => {
    const spot = below(random, Math.max(text.length, 1));
    return text.slice(0, spot) + String.fromCharCode(below(random, 256)) + text.slice(spot + 1);
  },
  (text, { random }) => (random() < 0.5 ? text.toUpperCase() : text.toLowerCase()),
  (text, sources) => text + word(sources),
  (text, sources) => word(sources) + text,
  (text, { random }) => text.slice(0, below(random, text.length + 1)),
  (text, { random }) => [...text].sort(() => random() - 0.5).join(''),
];

type NodeMutation = (value: Json, sources: Sources) => Json | undefined;

const anyValue = (sources: Sources): Json => {
  const { random } = sources;
  return pick<() => Json>(random, [
    () => pick(random, PLAIN_VALUES),
    () => word(sources),
    () => pick(random, EDGE_NUMBERS),
    () => pick(random, EDGE_DATES),
    () => Object.fromEntries([['$repeat', [word(sources) || 'a', size(random)]]]),
    () => partOfAnother(sources),
  ])();
};

const partOfAnother = ({ random, others }: Sources): Json => {
  if (others.length === 0) return null;
  const other = pick(random, others);
  return at(other, pick(random, pathsOf(other))) ?? null;
};

const OBJECT_MUTATIONS: readonly NodeMutation[] = [
  // a member more
  (value, sources) =>
    isObject(value)
      ? Object.fromEntries([
          ...Object.entries(value),
          [
            word(sources),
            sources.random() < 0.5 ? anyValue(sources) : pick(sources.random, [...Object.values(value), null]),
          ],
        ])
      : undefined,
  // a member renamed
  (value, sources) => {
    if (!isObject(value)) return undefined;
    const entries = Object.entries(value);
    const which = below(sources.random, entries.length);
    return Object.fromEntries(entries.map(([name, child], i) => [i === which ? word(sources) : name, child]));
  },
  // two members change places
  (value, { random }) => {
    if (!isObject(value)) return undefined;
    const names = Object.keys(value);
    if (names.length < 2) return undefined;
    const [a, b] = [pick(random, names), pick(random, names)];
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        name,
        name === a ? (value[b] ?? null) : name === b ? (value[a] ?? null) : child,
      ]),
    );
  },
];

const LIST_MUTATIONS: readonly NodeMutation[] = [
  (value, { random }) => {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const each: Json = pick(random, value);
    return [...value, ...Array.from({ length: Math.min(size(random), 1000) }, () => each)];
  },
  (value, { random }) => (Array.isArray(value) && value.length > 0 ? [...value, pick<Json>(random, value)] : undefined),
  (value, { random }) => (Array.isArray(value) ? [...value].sort(() => random() - 0.5) : undefined),
  (value, sources) => (Array.isArray(value) ? [...value, anyValue(sources)] : undefined),
  (value) => (Array.isArray(value) && value.length > 0 ? Object.fromEntries(Object.entries(value)) : undefined),
];

const PLAIN_MUTATIONS: readonly NodeMutation[] = [
  (value, sources) => (typeof value === 'string' ? pick(sources.random, TEXT_MUTATIONS)(value, sources) : undefined),
  (value, sources) => (typeof value === 'string' ? pick(sources.random, TEXT_MUTATIONS)(value, sources) : undefined),
  (value, sources) => (typeof value === 'string' ? word(sources) : undefined),
  (value, { random }) => (typeof value === 'string' && /\d{4}-\d\d/.test(value) ? pick(random, EDGE_DATES) : undefined),
  (value, { random }) =>
    typeof value === 'string' ? Object.fromEntries([['$repeat', [value || 'a', size(random)]]]) : undefined,
  (value, { random }) => (typeof value === 'number' ? pick(random, EDGE_NUMBERS) : undefined),
  (value) => (typeof value === 'number' ? String(value) : undefined),
  (value) => (typeof value === 'boolean' ? !value : undefined),
];

const GENERAL_MUTATIONS: readonly NodeMutation[] = [
  (_, sources) => anyValue(sources),
  (_, sources) => partOfAnother(sources),
  (value) => [value],
  (value, { random }) => nested(random, value),
  (value) => Object.fromEntries([['$json', value]]),
];

const MUTATIONS: readonly NodeMutation[] = [
  ...PLAIN_MUTATIONS,
  ...PLAIN_MUTATIONS,
  ...OBJECT_MUTATIONS,
  ...LIST_MUTATIONS,
  ...GENERAL_MUTATIONS,
];

/** Most changes are made where the meaning is: at plain values, far from the root. */
const somewhere = (tree: Json, random: Random): Path => {
  const paths = pathsOf(tree);
  const [a, b] = [pick(random, paths), pick(random, paths)];
  return random() < 0.5 || a.length > b.length ? a : b;
};

const once = (tree: Json, sources: Sources): Json => {
  const { random } = sources;
  const path = somewhere(tree, random);
  if (random() < 0.12) return withAt(tree, path, undefined);
  const value = at(tree, path);
  if (value === undefined) return tree;
  for (let tries = 0; tries < 10; tries += 1) {
    const mutated = pick(random, MUTATIONS)(value, sources);
    if (mutated !== undefined) return withAt(tree, path, mutated);
  }
  return tree;
};

/** The same input with some things in it that should not be there: mostly one or two, sometimes many. */
export const mutate = (input: Json, sources: Sources): Json => {
  let mutated = input;
  for (let done = 0; done < MOST_MUTATIONS; done += 1) {
    mutated = once(mutated, sources);
    if (sources.random() < 0.45) break;
  }
  return mutated;
};
