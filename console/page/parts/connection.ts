import { store } from './store.ts';

/** How the page stands with its server: `closed` is a session that ended, `lost` a server that does not answer. */
export type Connection = 'fine' | 'lost' | 'closed';

/** Told by `fetch.ts` and by the live feed, shown in the header. */
export const connection = store<Connection>('fine');
