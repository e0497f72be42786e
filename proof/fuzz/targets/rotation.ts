import { CURRENT, PENDING } from '../../../adapters/secret-versions.ts';
import { readKeys } from '../../../core/unsubscribe/signing-keys.ts';
import { makeHandler, RotationFailed } from '../../../lambda/rotation/handler.ts';
import { isObject, type Json } from '../json.ts';
import { ready, readyText } from '../recipe.ts';
import { promise, type Target, Violation } from '../target.ts';
import { LinesLog } from '../worlds/lines-log.ts';
import { NOW } from '../worlds/send-world.ts';

const KEY = 'k'.repeat(43);
const KEYS: Json = {
  id: 'first',
  key: KEY,
  retired: [{ id: 'old', key: 'o'.repeat(43), until: '2026-02-02T03:04:05Z' }],
};
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

const step = (Step: string, pending: Json = null, staged: readonly string[] = [PENDING]): Json => ({
  event: { SecretId: 'secret', ClientRequestToken: 'v2', Step },
  current: { $json: KEYS },
  pending,
  stages: { v1: [CURRENT], v2: [...staged] },
});

const ROTATED: Json = {
  $json: { id: 'second', key: 's'.repeat(43), retired: [{ id: 'first', key: KEY, until: '2026-04-02T03:04:05Z' }] },
};

/** The rotation of signing keys: whatever is in the event or in the secret, no key in use is lost and none is logged. */
export const rotation = (): Target => {
  const lines = new LinesLog();
  return {
    name: 'rotation',
    seeds: [
      ...STEPS.map((name) => step(name)),
      ...STEPS.map((name) => step(name, ROTATED)),
      step('testSecret', { $json: KEYS }),
      step('finishSecret', ROTATED, [CURRENT]),
    ],
    words: [
      ...STEPS,
      CURRENT,
      PENDING,
      'v1',
      'v2',
      'retired',
      'until',
      'id',
      'key',
      'first',
      'SecretId',
      'ClientRequestToken',
      'Step',
    ],
    answers: ['created', 'promoted', 'abandoned', 'nothing', 'refused'],
    async run(input) {
      const given = ready(input);
      if (!isObject(given) || !isObject(given.event)) return [];
      const isGiven = JSON.stringify([given.event, given.stages]).includes(KEY);
      const current = readyText(given.current);
      let pending = given.pending === null || given.pending === undefined ? undefined : readyText(given.pending);
      const staged = Object.entries(isObject(given.stages) ? given.stages : {});
      const stages = new Map(staged.map(([id, names]) => [id, Array.isArray(names) ? names.map(String) : []]));
      const answers: string[] = [];
      const handler = makeHandler({
        versions: {
          stages: async () => stages,
          current: async () => current,
          pending: async () => pending,
          prepare: async (_id, _version, text) => {
            pending = text;
            answers.push('created');
          },
          promote: async () => void answers.push('promoted'),
          abandon: async () => void answers.push('abandoned'),
        },
        freshKey: () => ({ id: 'fresh', key: 'f'.repeat(64) }),
        now: () => NOW,
        log: lines.log,
      });
      try {
        await handler(given.event as unknown as Parameters<typeof handler>[0]);
      } catch (fault) {
        if (!(fault instanceof RotationFailed)) throw fault;
        if (fault.message.includes(KEY) && !isGiven) throw new Violation('injection', 'the error quotes a key');
        answers.push('refused');
      }
      const text = JSON.stringify(lines.check(JSON.stringify(given).length));
      if (text.includes(KEY) && !isGiven) throw new Violation('injection', 'a key is logged');
      if (answers.includes('created')) {
        const [before, after] = [readKeys(current), readKeys(pending ?? '')];
        promise(after.ok, () => 'the new text holds no keys');
        if (before.ok && after.ok)
          promise(
            after.value.retired.some(
              ({ id, key }) => id === before.value.current.id && key === before.value.current.key,
            ),
            () => 'the key in use is lost',
          );
      }
      return answers.length === 0 ? ['nothing'] : answers;
    },
  };
};
