import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { early } from '../../adapters/lazy.ts';
import { ANSWER_MS, SES_TRY_MS, sendingFrom } from './from-environment.ts';
import { makeHandler, type SendHandler } from './handler.ts';

const deps = { ...sendingFrom(process.env, dynamoDbClient()), tryMs: SES_TRY_MS + ANSWER_MS };
const ready = early(async () => makeHandler({ ...deps, ...(await import('../../adapters/observing.ts')).observing() }));

/** See {@link makeHandler}. */
export const handler: SendHandler = async (event, context) => (await ready())(event, context);
