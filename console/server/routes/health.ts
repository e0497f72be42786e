import * as v from 'valibot';
import { SECOND } from '../../../core/instant.ts';
import type { AddRoutes } from '../console.ts';
import { readHealth } from '../health/health.ts';
import { keptAnswers } from '../kept-answers.ts';
import { needsDeployment } from '../needs-deployment.ts';
import { valid } from '../valid.ts';

const KEPT_MS = 60 * SECOND;

const Asked = v.strictObject({ fresh: v.optional(v.picklist(['1'])) });

/** Adds `GET /health`: it asks SES once a second, so an answer is kept for a minute. */
export const addHealthRoutes: AddRoutes = (api, { deps, target }) => {
  const look = keptAnswers(KEPT_MS, deps.now, () => readHealth(target, deps));
  api.get('/health', async (c) => {
    const { fresh } = valid(Asked, c.req.query());
    needsDeployment(target);
    return c.json(await look(target, fresh === '1'));
  });
};
