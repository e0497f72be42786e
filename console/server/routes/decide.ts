import * as v from 'valibot';
import { withListToWrite } from '../../../cli/deployment/with-list.ts';
import { findToForget, forgetOne } from '../../../cli/forget/forget-entries.ts';
import { usableAddress, usableMailbox } from '../../../cli/input/usable-address.ts';
import { isScope, SCOPE_FORMS } from '../../../cli/scope-options.ts';
import { ADDRESS_CHARS } from '../../../core/address/address.ts';
import type { DecideAnswer, ForgetAnswer } from '../../api.ts';
import type { AddRoutes } from '../console.ts';
import { decide } from '../entry/decide.ts';
import { removeAddress } from '../entry/remove.ts';
import { validBody } from '../valid.ts';

const SCOPE_CHARS = 300;
const NOTE_CHARS = 200;

const ADDRESS = v.pipe(v.string(), v.maxLength(ADDRESS_CHARS));
const SCOPE = v.pipe(v.string(), v.maxLength(SCOPE_CHARS), v.check(isScope, `expected ${SCOPE_FORMS}`));
const NOTE = v.pipe(v.string(), v.maxLength(NOTE_CHARS), v.trim(), v.nonEmpty('expected a few words'));

const DECIDE = v.variant('action', [
  v.strictObject({ action: v.picklist(['add', 'allow']), address: ADDRESS, scope: SCOPE, note: NOTE }),
  v.strictObject({
    action: v.literal('remove'),
    address: ADDRESS,
    scope: v.nullable(SCOPE),
    note: NOTE,
    keepSesList: v.optional(v.boolean(), false),
  }),
]);

const FORGET = v.strictObject({ address: ADDRESS, unblock: v.boolean() });

/** Adds what a person decides about an address, and the forgetting of what was said of it. */
export const addDecideRoutes: AddRoutes = (api, { deps, target }) => {
  api.post('/decide', async (c) => {
    const request = await validBody(DECIDE, c.req);
    const mailbox = usableMailbox(request.address);
    const answer: DecideAnswer = await withListToWrite(deps, target, (list) =>
      request.action === 'remove'
        ? removeAddress(mailbox, request, list, { deps, target })
        : decide(request.action, mailbox, request, list, deps),
    );
    return c.json(answer);
  });

  api.post('/forget', async (c) => {
    const { address: given, unblock } = await validBody(FORGET, c.req);
    const address = usableAddress(given);
    const answer: ForgetAnswer = await withListToWrite(deps, target, async (list) => {
      const found = await findToForget(address, unblock, list);
      for (const each of found) await forgetOne(each, unblock, list, deps.now());
      return { address, scopes: found.map(({ key }) => key.scope) };
    });
    return c.json(answer);
  });
};
