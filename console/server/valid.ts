import * as v from 'valibot';
import { CliError } from '../../cli/cli-error.ts';
import { Exit } from '../../cli/exit.ts';
import { cleanText, quote } from '../../core/text.ts';

const PATH_CHARS = 120;

const words = (issue: v.BaseIssue<unknown>): string => {
  const path = cleanText(v.getDotPath(issue) ?? '', PATH_CHARS);
  const expected = issue.expected === null ? issue.message : `expected ${issue.expected}`;
  return `${path === '' ? 'the request' : path}: ${expected}, got ${quote(issue.input)}`;
};

/**
 * What somebody gave, as a schema has it.
 *
 * @throws CliError `InvalidRequest`, which is answered with 400: the field, what is expected, what is there
 * @example const { hours } = valid(v.object({ hours: … }), c.req.query())
 */
export const valid = <S extends v.GenericSchema>(schema: S, given: unknown): v.InferOutput<S> => {
  const read = v.safeParse(schema, given);
  if (read.success) return read.output;
  const remedy = 'Mend that field and ask again.';
  throw new CliError('InvalidRequest', words(read.issues[0]), remedy, Exit.USAGE);
};

/**
 * The body of a request as JSON, held against a schema.
 *
 * @throws CliError `InvalidRequest`
 */
export const validBody = async <S extends v.GenericSchema>(
  schema: S,
  request: { text(): Promise<string> },
): Promise<v.InferOutput<S>> => {
  const text = await request.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new CliError('InvalidRequest', `the body is no JSON: ${quote(text)}`, 'Send one JSON object.', Exit.USAGE);
  }
  return valid(schema, body);
};
