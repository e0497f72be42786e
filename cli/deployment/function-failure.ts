import * as v from 'valibot';
import { printable } from '../output/printable.ts';

const Failure = v.object({ errorType: v.string(), errorMessage: v.string() });
const Told = v.object({ code: v.string(), message: v.string(), remedy: v.string() });

/** A text as JSON has it; undefined: it is none. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * What a function failed with, as Lambda answers it: errors of its own are JSON in the message, those of Lambda are plain.
 *
 * @param look - the remedy of what says none: where to look
 * @example functionFailure('{"errorType":"Sandbox.Timedout","errorMessage":"…"}', 'Look at its log.').code // 'Sandbox.Timedout'
 */
export const functionFailure = (text: string, look: string): v.InferOutput<typeof Told> => {
  const failure = v.safeParse(Failure, parsedJson(text));
  if (!failure.success) return { code: 'FunctionFailed', message: printable(text), remedy: look };
  const { errorType, errorMessage } = failure.output;
  const told = v.safeParse(Told, parsedJson(errorMessage));
  return told.success ? told.output : { code: errorType, message: printable(errorMessage), remedy: look };
};
