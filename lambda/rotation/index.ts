import { randomBytes } from 'node:crypto';
import { powertoolsLog } from '../../adapters/powertools-log.ts';
import { secretVersions } from '../../adapters/secret-versions.ts';
import { secretsClient } from '../../adapters/secrets-client.ts';
import { makeHandler } from './handler.ts';

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** See {@link makeHandler}. */
export const handler = makeHandler({
  versions: secretVersions(secretsClient()),
  freshKey: () => ({ id: random(9), key: random(48) }),
  now: Date.now,
  log: powertoolsLog(),
});
