import { hashKey } from '../../../core/messages/key-hash.ts';
import { ok } from '../../../core/result.ts';
import { type SendDeps, send } from '../../../core/send/send.ts';
import { KEY, NOW, RUNS_MS, request, World } from './once-world.ts';

/** A fault where none may be. */
const boom = (): never => {
  throw new RangeError('Maximum call stack size exceeded');
};
const NO_KEY = { idempotencyKey: undefined };
const NOT_SENT = { code: 'ListUnavailable', retryable: true, remedy: 'Nothing was sent: send again.' };

let world: World;
beforeEach(() => {
  world = new World();
});
const invoke = (over: { readonly [field: string]: unknown }, deps: Partial<SendDeps>) =>
  world.invoke(over, undefined, deps);

describe.each([
  ['with a key', {}],
  ['without one', NO_KEY],
])('a fault that nobody foresaw is an answer, %s', (_name, over) => {
  test('before SES is asked: nothing was sent', async () => {
    expect(await invoke(over, { now: boom })).toMatchObject({ ok: false, error: NOT_SENT });
    expect(world.accepted).toEqual([]);
    expect(world.logged).toContain('a send met a fault');
  });

  test('while SES is asked: nobody knows', async () => {
    const ended = await invoke(over, { mailer: { send: async () => boom() } });
    expect(ended).toMatchObject({
      ok: false,
      error: { code: 'OutcomeUnknown', retryable: false, message: expect.stringContaining('call stack') },
    });
    expect(world.logged).toEqual(['handing a mail to SES met a fault']);
  });

  test('after SES was asked: nobody knows either', async () => {
    const ended = await invoke(over, {
      mailer: { send: async () => ok({ messageId: '0100-1', messageIdHeader: '<0100-1@x>' }) },
      messageIds: { remember: async () => boom() },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (message) => (message.includes('Message-ID') ? boom() : undefined),
      },
    });
    expect(ended).toMatchObject({ ok: false, error: { code: 'OutcomeUnknown' } });
  });

  test('in reading the request: it is at fault', async () => {
    const odd = Object.defineProperty(request(over), 'subject', { enumerable: true, get: boom });
    const deps = { log: { error: (message: string) => world.logged.push(message) } } as unknown as SendDeps;
    expect(await send(odd, NOW + RUNS_MS, deps)).toMatchObject({
      ok: false,
      error: { code: 'InvalidRequest', retryable: false, message: expect.stringContaining('call stack') },
    });
    expect(world.logged).toEqual(['a send request could not be read']);
  });
});

test('a mailer that throws leaves a record of unknown outcome, which feedback settles', async () => {
  const ended = await invoke({}, { mailer: { send: async () => boom() } });
  expect(ended).toMatchObject({ error: { remedy: expect.stringContaining('same key') } });
  expect(await world.record(hashKey(KEY))).toMatchObject({ progress: { state: 'unknown' } });
});
