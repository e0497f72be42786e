import { createHash } from 'node:crypto';
import type { SendRequest } from './request.ts';

/** Fields that say nothing: a request without them is the same, also once more fields have defaults. */
const saysNothing = (value: unknown): boolean =>
  value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** What is still to be written: text as it is, or a value as JSON. */
type Step = { readonly text: string } | { readonly value: unknown };

const SEPARATOR: Step = { text: ',' };

const listSteps = (list: readonly unknown[]): Step[] => [
  { text: '[' },
  ...list.flatMap((value, i): Step[] => (i === 0 ? [{ value }] : [SEPARATOR, { value }])),
  { text: ']' },
];

const objectSteps = (fields: readonly (readonly [name: string, value: unknown])[]): Step[] => [
  { text: '{' },
  ...fields
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value], i): Step[] => [{ text: `${i === 0 ? '' : ','}${JSON.stringify(name)}:` }, { value }]),
  { text: '}' },
];

/**
 * The pieces of JSON whose objects have their fields in alphabetical order. A loop, since values may be nested deeper than
 * calls can be.
 */
function* canonicalJson(fields: readonly (readonly [name: string, value: unknown])[]): Generator<string> {
  const left = objectSteps(fields).reverse();
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    if ('text' in step) yield step.text;
    else if (typeof step.value !== 'object' || step.value === null) yield JSON.stringify(step.value) ?? 'null';
    else {
      const steps = Array.isArray(step.value) ? listSteps(step.value) : objectSteps(Object.entries(step.value));
      for (const inner of steps.reverse()) left.push(inner);
    }
  }
}

/**
 * Stands for what a request asks for, whatever the order of its fields: the SHA-256 of it as given, without its
 * idempotency key, defaults filled in, in base64url.
 *
 * @example bodyDigest(request) === bodyDigest({ ...request, idempotencyKey: 'another' }) // true
 */
export const bodyDigest = (request: SendRequest): string => {
  const said = Object.entries(request).filter(([name, value]) => name !== 'idempotencyKey' && !saysNothing(value));
  const hash = createHash('sha256');
  for (const piece of canonicalJson(said)) hash.update(piece, 'utf8');
  return hash.digest('base64url');
};
