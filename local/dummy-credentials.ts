import { REGION } from './arn.ts';

/** What a client of the local cloud signs with: never a user's own credentials. Spread it into a client's configuration. */
export const DUMMY_CREDENTIALS = {
  region: REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;
