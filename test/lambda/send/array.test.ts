import { list, NOW, request, stage } from './stage.ts';

test('answers an array of requests one by one, in order, and never throws', async () => {
  const { invoke, ledger } = stage();
  await list(ledger, 'dead@target.example');
  const answers = await invoke([request(), request({ to: ['dead@target.example'] }), request({ to: [] }), 'nonsense']);
  expect(answers).toMatchObject([
    { status: 'sent' },
    { status: 'suppressed' },
    { error: { code: 'InvalidRequest', retryable: false } },
    { error: { code: 'InvalidRequest' } },
  ]);
});

test('answers an empty array with an empty array', async () => {
  expect(await stage().invoke([])).toEqual([]);
});

test('refuses more than 100 requests, each with the same error, and sends none', async () => {
  const { invoke, mailer } = stage();
  const answers = await invoke(Array.from({ length: 101 }, () => request()));
  expect(answers).toHaveLength(101);
  expect(answers).toEqual(
    Array.from({ length: 101 }, () => ({
      error: expect.objectContaining({ code: 'InvalidRequest', message: '101 requests in one array; at most 100' }),
    })),
  );
  expect(mailer.mails).toEqual([]);
});

test('takes 100 requests and mails each once', async () => {
  const { invoke, mailer } = stage();
  const answers = await invoke(Array.from({ length: 100 }, (_, i) => request({ to: [`pat${i}@target.example`] })));
  expect(answers).toHaveLength(100);
  expect(new Set(mailer.mails.map(({ destinations }) => destinations[0])).size).toBe(100);
});

test('begins nothing that the invocation has no time left for', async () => {
  const { invoke, mailer, clock } = stage();
  const send = mailer.send.bind(mailer);
  mailer.send = async (mail) => {
    clock.now = NOW + 55_000;
    return send(mail);
  };
  const answers = (await invoke(Array.from({ length: 8 }, () => request()))) as { error?: { code: string } }[];
  expect(answers.map(({ error }) => error?.code)).toEqual([
    ...Array.from({ length: 5 }, () => undefined),
    ...Array.from({ length: 3 }, () => 'RateExceeded'),
  ]);
  expect(mailer.mails).toHaveLength(5);
});

test('answers a request that meets a fault, and those beside it', async () => {
  const { invoke } = stage();
  const odd = Object.defineProperty(request(), 'text', {
    enumerable: true,
    get: () => {
      throw new RangeError('Maximum call stack size exceeded');
    },
  });
  const answers = await invoke([request(), odd]);
  expect(answers).toMatchObject([{ status: 'sent' }, { error: { code: 'InvalidRequest', retryable: false } }]);
});

test('answers requests whose data is nested without end', async () => {
  const nested = (open: string, close: string) =>
    JSON.parse(`{"a":${open.repeat(5000)}1${close.repeat(5000)}}`) as unknown;
  for (const data of [nested('[', ']'), nested('{"a":', '}')]) {
    const { invoke } = stage();
    const template = { name: 'welcome', data };
    const deep = request({ subject: undefined, text: undefined, template, idempotencyKey: 'order-4711' });
    const answers = (await invoke([request(), deep])) as { readonly error?: { readonly code: string } }[];
    expect(answers).toMatchObject([{ status: 'sent' }, {}]);
    expect([undefined, 'InvalidRequest']).toContain(answers[1]?.error?.code);
  }
});
