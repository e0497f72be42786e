import { Hono } from 'hono';
import type { Target } from '../../../cli/deployment/target.ts';
import type { Problem } from '../../../console/api.ts';
import type { AddRoutes } from '../../../console/server/console.ts';
import { refusalOf } from '../../../console/server/refusal-of.ts';
import { type Given, memoryDependencies } from '../../cli/harness.ts';
import { stillFeed } from './still-feed.ts';

/** What a route answered. */
export interface Answered<T> {
  readonly status: number;
  /** Of an answer that is 2xx. */
  readonly body: T;
  /** Of any other. */
  readonly problem: Problem | undefined;
}

/** Some routes of the console over what is in memory, without its guard. */
export const routes = (add: readonly AddRoutes[], given: Given = {}, target: Target = { stack: 'Suppressor' }) => {
  const api = new Hono();
  for (const each of add) each(api, { deps: memoryDependencies(given), target, feed: stillFeed() });
  const app = new Hono().route('/api', api);
  app.onError((fault, c) => {
    const { status, problem } = refusalOf(fault);
    return c.json({ error: problem }, status);
  });
  const answered = async <T>(response: Response): Promise<Answered<T>> => {
    const body = await response.json();
    return { status: response.status, body: body as T, problem: (body as { error?: Problem }).error };
  };
  return {
    app,
    get: async <T>(path: string) => answered<T>(await app.request(`/api${path}`)),
    post: async <T>(path: string, body: unknown) =>
      answered<T>(await app.request(`/api${path}`, { method: 'POST', body: JSON.stringify(body) })),
  };
};
