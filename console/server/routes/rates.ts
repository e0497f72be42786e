import * as v from 'valibot';
import { SECOND } from '../../../core/instant.ts';
import type { AddRoutes } from '../console.ts';
import { keptAnswers } from '../kept-answers.ts';
import { needsDeployment } from '../needs-deployment.ts';
import { readRates } from '../rates/read-rates.ts';
import { valid } from '../valid.ts';

/** CloudWatch bills every look, and its own newest numbers are a minute old. */
const KEPT_MS = 30 * SECOND;
/** 60 days: of older ones CloudWatch keeps no points of five minutes, and a chart shows no more of them. */
const MOST_HOURS = 60 * 24;

const isHours = (text: string): boolean => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= MOST_HOURS;

const Window = v.strictObject({
  hours: v.optional(
    v.pipe(v.string(), v.check(isHours, `expected a whole number, 1 to ${MOST_HOURS}`), v.transform(Number)),
    '24',
  ),
});

/** Adds `GET /rates`: an answer is kept for half a minute, by window. */
export const addRatesRoutes: AddRoutes = (api, { deps, target }) => {
  const rates = keptAnswers(KEPT_MS, deps.now, (hours: number) => readRates(deps, target, hours));
  api.get('/rates', async (c) => {
    const { hours } = valid(Window, c.req.query());
    needsDeployment(target);
    return c.json(await rates(hours));
  });
};
