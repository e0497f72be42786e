import { randomUUID } from 'node:crypto';
import { early } from '../../adapters/lazy.ts';
import { sesQuotaClient, sesSendQuota } from '../../adapters/ses-send-quota.ts';
import { makeLimiter } from '../../core/rate/limiter.ts';
import { queueFrom } from './from-environment.ts';
import { makeHandler, type QueueHandler } from './handler.ts';

const { store, ...deps } = queueFrom(process.env);
const ready = early(async () => {
  const observing = (await import('../../adapters/observing.ts')).observing();
  const quota = sesSendQuota(sesQuotaClient());
  const { now, sleep } = deps;
  const limiter = makeLimiter({ store, quota, holder: randomUUID(), now, sleep, log: observing.log });
  return makeHandler({ ...deps, ...observing, limiter });
});

/** See {@link makeHandler}. */
export const handler: QueueHandler = async (event, context) => (await ready())(event, context);
