import { refusal } from '../../local/ses/injected-fault.ts';
import { xmlError } from '../../local/ses/xml-answer.ts';
import type { WireAnswer, World } from './world.ts';

interface Met {
  /** Such as `PutItem`. */
  readonly operation: string;
  /** Which one of this operation, from 1, of all that arrive in the world. */
  readonly nth: number;
}

/** Something that goes wrong once in a run, whoever it meets. */
export type Disturbance = Met &
  (
    | { readonly kind: 'refused'; readonly answer: WireAnswer }
    /** It is done, and the answer is lost. */
    | { readonly kind: 'cut' }
    /** It takes so long. */
    | { readonly kind: 'slow'; readonly millis: number }
    /** DynamoDB deals with so many keys or items and leaves the rest. */
    | { readonly kind: 'unprocessed'; readonly keys: number }
    /** Somebody else is faster. */
    | { readonly kind: 'rival'; readonly rival: (world: World) => Promise<void> }
  );

/** An error of one of the JSON protocols; no client repeats such a request. */
export const refused = (operation: string, nth: number, type: string, message = 'No.'): Disturbance => ({
  operation,
  nth,
  kind: 'refused',
  answer: {
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: type, message }),
  },
});

/** A refusal of SES's, see `FaultKind`. */
export const refusedBySes = (
  nth: number,
  kind: Parameters<typeof refusal>[0],
  operation = 'SendRawEmail',
): Disturbance => {
  const answer = xmlError(refusal(kind));
  if (typeof answer === 'string') throw new Error('SES answers in XML');
  return {
    operation,
    nth,
    kind: 'refused',
    answer: { status: answer.status, headers: { 'content-type': 'text/xml' }, body: String(answer.body ?? '') },
  };
};

export const cut = (operation: string, nth: number): Disturbance => ({ operation, nth, kind: 'cut' });

export const slow = (operation: string, nth: number, millis: number): Disturbance => ({
  operation,
  nth,
  kind: 'slow',
  millis,
});

export const unprocessed = (operation: string, nth: number, keys: number): Disturbance => ({
  operation,
  nth,
  kind: 'unprocessed',
  keys,
});

export const rival = (operation: string, nth: number, act: (world: World) => Promise<void>): Disturbance => ({
  operation,
  nth,
  kind: 'rival',
  rival: act,
});
