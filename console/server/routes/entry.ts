import * as v from 'valibot';
import { withList } from '../../../cli/deployment/with-list.ts';
import { usableAddress } from '../../../cli/input/usable-address.ts';
import { ADDRESS_CHARS } from '../../../core/address/address.ts';
import type { AddRoutes } from '../console.ts';
import { addressView } from '../entry/address-view.ts';
import { valid } from '../valid.ts';

const SCHEMA = v.strictObject({ address: v.pipe(v.string(), v.maxLength(ADDRESS_CHARS)) });

/** Adds what is known of one address. */
export const addEntryRoutes: AddRoutes = (api, { deps, target }) => {
  api.get('/entry', async (c) => {
    const address = usableAddress(valid(SCHEMA, c.req.query()).address);
    return c.json(await withList(deps, target, (list) => addressView(address, list, deps.now())));
  });
};
