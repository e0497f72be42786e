import { fileURLToPath } from 'node:url';
import type { Json } from './json.ts';
import { Violation, type ViolationKind } from './target.ts';

/** An input that made a target fail, as it is kept. */
export interface Finding {
  readonly target: string;
  readonly kind: ViolationKind;
  readonly message: string;
  /** Where it was thrown, for a crash, in paths of the repository; empty else. */
  readonly stack: string;
  /** Of the run that found it. */
  readonly seed: number;
  /** The input: JSON in UTF-8 in base64, so that no editor changes what is in it. */
  readonly input: string;
}

const STACK_LINES = 6;

const ROOT = new URL('../../', import.meta.url);

export const encodeInput = (input: Json): string => Buffer.from(JSON.stringify(input)).toString('base64');

export const decodeInput = (encoded: string): Json => JSON.parse(Buffer.from(encoded, 'base64').toString());

/** What went wrong, whatever was thrown. */
export const faultOf = (fault: unknown): Pick<Finding, 'kind' | 'message' | 'stack'> => {
  if (fault instanceof Violation) return { kind: fault.kind, message: fault.message, stack: '' };
  if (!(fault instanceof Error)) return { kind: 'crash', message: `${typeof fault} was thrown`, stack: '' };
  const stack = (fault.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, STACK_LINES)
    .join('\n')
    .replaceAll(ROOT.href, '')
    .replaceAll(fileURLToPath(ROOT), '');
  return { kind: 'crash', message: `${fault.name}: ${fault.message}`, stack };
};

/** What makes two findings one: the same thing at the same place, whatever the input. */
export const signatureOf = ({ target, kind, message, stack }: Omit<Finding, 'seed' | 'input'>): string =>
  [
    target,
    kind,
    message.replace(/"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?/g, '…').slice(0, 80),
    stack.split('\n')[0] ?? '',
  ].join('|');
