import * as v from 'valibot';
import { LETTER_BOXES } from '../../../core/redrive/letters.ts';
import type { AddRoutes } from '../console.ts';
import { needsDeployment } from '../needs-deployment.ts';
import { readQueues } from '../queues/boxes-view.ts';
import { lookInto, redriveBox } from '../queues/redrive.ts';
import { Turns } from '../queues/turns.ts';
import { validBody } from '../valid.ts';

/** Our functions and Lambda write short ones. */
const CODE_CHARS = 1000;

const box = v.picklist(LETTER_BOXES);
const Look = v.strictObject({ box });
const Redrive = v.strictObject({
  box,
  code: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(CODE_CHARS))),
});

/** Adds `GET /queues`, `POST /queues/look` and `POST /queues/redrive`; an answer to the last may take minutes. */
export const addQueuesRoutes: AddRoutes = (api, { deps, target }) => {
  const turns = new Turns();
  api.get('/queues', async (c) => {
    needsDeployment(target);
    return c.json(await readQueues(target, deps));
  });
  api.post('/queues/look', async (c) => {
    const { box: into } = await validBody(Look, c.req);
    return c.json(await turns.look(into, () => lookInto(target, into, deps)));
  });
  api.post('/queues/redrive', async (c) => {
    const { box: of, code } = await validBody(Redrive, c.req);
    return c.json(await turns.move(of, () => redriveBox(target, of, code, deps)));
  });
};
