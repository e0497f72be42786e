import type { Problem } from '../../api.ts';
import { connection } from './connection.ts';
import { type Query, searchOf } from './route.ts';

/** What the server answered in place of what was asked for. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** Of HTTP; 0: no answer at all. */
  readonly status: number;
  constructor(problem: Problem, status: number) {
    super(problem.message);
    this.problem = problem;
    this.status = status;
  }
}

const UNREACHABLE: Problem = {
  code: 'ConsoleUnreachable',
  message: 'The console does not answer.',
  remedy: 'See in its terminal whether it still runs, then try again.',
};

const UNREADABLE: Problem = {
  code: 'UnreadableAnswer',
  message: 'The answer of the console cannot be read.',
  remedy: 'Load the page again; if that does not help, start the console again.',
};

/** Any error as a person reads it, for `ProblemBox`. */
export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'PageError', message: String(error), remedy: 'Load the page again.' };

const isProblem = (body: unknown): body is { error: Problem } =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object' && body.error !== null;

const bodyOf = async (answer: Response): Promise<unknown> => {
  try {
    return await answer.json();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError(UNREADABLE, answer.status);
  }
};

const ask = async <T>(path: string, init: RequestInit): Promise<T> => {
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    connection.set('lost');
    throw new ProblemError(UNREACHABLE, 0);
  }
  connection.set(answer.status === 401 ? 'closed' : 'fine');
  const body = await bodyOf(answer);
  if (answer.ok) return body as T;
  throw new ProblemError(isProblem(body) ? body.error : UNREADABLE, answer.status);
};

/**
 * Asks the server; `path` is below `/api`.
 *
 * @throws ProblemError what went wrong, in words
 * @example const page = await get<ListPage>('/list', { reason: ['complaint'], after }, signal)
 */
export const get = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> => {
  const search = searchOf(query);
  return ask<T>(search === '' ? path : `${path}?${search}`, signal === undefined ? {} : { signal });
};

/**
 * Tells the server to do something.
 *
 * @throws ProblemError
 * @example await post<DecideAnswer>('/decide', { action: 'remove', address, scope: null, note })
 */
export const post = <T>(path: string, body: unknown): Promise<T> =>
  ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
