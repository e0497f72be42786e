import * as v from 'valibot';
import { withList } from '../../../cli/deployment/with-list.ts';
import type { AddRoutes } from '../console.ts';
import { listPage } from '../list/list-page.ts';
import { AFTER, FILTERS, listQuery, once } from '../list/list-query.ts';
import { valid } from '../valid.ts';

const MOST = 500;
const USUAL = 100;

const isLimit = (given: string): boolean => /^\d{1,3}$/.test(given) && Number(given) >= 1 && Number(given) <= MOST;

const LIMIT = once(
  v.pipe(v.string(), v.check(isLimit, `expected a whole number from 1 to ${MOST}`), v.transform(Number)),
);
const SCHEMA = v.strictObject({ ...FILTERS, after: AFTER, limit: LIMIT });

/** Adds the list, a page at a time. */
export const addListRoutes: AddRoutes = (api, { deps, target }) => {
  api.get('/list', async (c) => {
    const { after, limit = USUAL, ...filters } = valid(SCHEMA, c.req.queries());
    const query = listQuery(filters, after);
    return c.json(await withList(deps, target, (list) => listPage(query, limit, list, deps.now())));
  });
};
