import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { withoutMark } from '../../../cli/output/csv-lines.ts';
import type { ListPage } from '../../../console/api.ts';
import { addExportRoutes } from '../../../console/server/routes/export.ts';
import { addListRoutes } from '../../../console/server/routes/list.ts';
import { serve } from '../../../console/server/serve.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { add } from '../../../core/ledger/add.ts';
import type { Listed } from '../../../core/ledger/ledger.ts';
import { addressOf } from '../../adapters/samples.ts';
import { cli, ledgerThatLearnt, lines, NOW } from '../../cli/harness.ts';
import { bounce, complaint, softBounces } from '../../cli/messages.ts';
import { routes } from './ask.ts';

const HEAD = 'address,scope,status,reason,since,until,updatedAt';
const FORMULA = "=cmd|'/c'!a1@x.example";

const file = async (ledger: MemoryLedger, query: string) => {
  const response = await routes([addExportRoutes], { ledger }).app.request(`/api/export?${query}`);
  return { response, body: await response.text() };
};

const learnt = async (count = 250): Promise<MemoryLedger> => {
  const ledger = await ledgerThatLearnt(
    Array.from({ length: count }, (_, i) => {
      const to = `pat${i}@x.example`;
      return i % 2 === 0 ? bounce({ to, id: `b-${i}` }) : complaint({ to, id: `c-${i}` });
    }),
  );
  await add(ledger, { address: addressOf(FORMULA), scope: '*' }, { by: 'sam', note: '' }, DEFAULT_POLICY, NOW);
  return ledger;
};

test('CSV is the list, with the columns of the command, and no cell that a spreadsheet runs', async () => {
  const ledger = await learnt();
  const { response, body } = await file(ledger, '');
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="suppressions-2026-11-20.csv"');
  const rows = body.split('\r\n');
  expect([rows[0], rows.at(-1), rows.length]).toEqual([HEAD, '', 253]);
  expect([...rows].sort()).toEqual((await cli(['export'], { ledger })).out.split('\r\n').sort());
  expect(rows.find((row) => row.includes('cmd'))).toMatch(/^'=/);
});

test('NDJSON has whole entries, as the command writes them', async () => {
  const ledger = await learnt();
  const { response, body } = await file(ledger, 'format=ndjson');
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  expect(response.headers.get('content-disposition')).toContain('suppressions-2026-11-20.ndjson');
  const command = lines((await cli(['export', '--format', 'ndjson'], { ledger })).out);
  const byAddress = (all: Record<string, unknown>[]) =>
    all.sort((a, b) => (String(a.address) < String(b.address) ? -1 : 1));
  expect(byAddress(lines(body))).toEqual(byAddress(command));
  expect(body).toContain('user unknown');
});

test.each([
  'reason=complaint',
  'search=pat1',
  'search=pat7@x.example',
  'since=2026-11-20&status=suppressed',
  'scope=a',
])('is narrowed down as the list is: %s', async (query) => {
  const ledger = await learnt(120);
  const { get } = routes([addListRoutes], { ledger });
  const listed = (await get<ListPage>(`/list?limit=500&${query}`)).body.entries.map(({ address }) => address);
  const csv = (await file(ledger, query)).body.split('\r\n').slice(1, -1);
  expect(csv.map((row) => withoutMark(row.split(',')[0] ?? ''))).toEqual(listed);
  expect(lines((await file(ledger, `format=ndjson&${query}`)).body).map(({ address }) => address)).toEqual(listed);
});

test('one address is written with what is only watched', async () => {
  const ledger = await ledgerThatLearnt(softBounces(1));
  expect((await file(ledger, 'search=pat@target.example')).body).toContain(
    'pat@target.example,*,watched,,,,2026-11-20',
  );
});

test('an empty list is an empty file', async () => {
  expect((await file(new MemoryLedger(), '')).body).toBe(`${HEAD}\r\n`);
  expect((await file(new MemoryLedger(), 'format=ndjson')).body).toBe('');
});

/** A list of any length, which fails at a place if it is told one. */
const endless = (fails = Number.POSITIVE_INFINITY) => {
  const seen = { read: 0, closed: 0 };
  async function* recent(): AsyncGenerator<Listed> {
    for (;;) {
      if (seen.read === fails) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      seen.read += 1;
      const address = addressOf(`pat${seen.read}@x.example`);
      yield { address, scope: '*', status: 'suppressed', reason: 'complaint', updatedAt: '2026-11-20T12:00:00.000Z' };
    }
  }
  const ledger = Object.assign(new MemoryLedger(), { recent });
  const close = () => {
    seen.closed += 1;
  };
  const openList = async () => ({ table: 'Suppressions', policy: DEFAULT_POLICY, ledger, close });
  return { seen, app: routes([addExportRoutes], { overrides: { openList } }).app };
};

test('a fault at the beginning is a problem, and no file', async () => {
  const { app, seen } = endless(50);
  const response = await app.request('/api/export');
  expect(response.status).toBe(502);
  expect(response.headers.get('content-disposition')).toBeNull();
  expect(await response.json()).toMatchObject({ error: { code: 'AwsThrottled' } });
  expect(seen.closed).toBe(1);
});

test('no more is read than somebody takes, and nothing is left open when they go', async () => {
  const { app, seen } = endless();
  const reader = (await app.request('/api/export')).body?.getReader();
  await reader?.read();
  await reader?.read();
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen.read).toBeLessThanOrEqual(500);
  expect(seen.closed).toBe(0);
  await reader?.cancel();
  expect(seen.closed).toBe(1);
});

test('nothing is left open if they go before they have taken anything', async () => {
  const { app, seen } = endless();
  await (await app.request('/api/export')).body?.cancel();
  expect(seen).toEqual({ read: 100, closed: 1 });
});

test('a later fault cuts the connection: what has arrived does not look whole', async () => {
  const { app, seen } = endless(20_000);
  const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const serving = await serve(0, () => app);
  try {
    const request = httpGet(`http://127.0.0.1:${serving.port}/api/export`);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    await expect(text(response)).rejects.toThrow('aborted');
    expect(response.complete).toBe(false);
    expect(seen.closed).toBe(1);
    const [said] = told.mock.calls.flat();
    expect((said as Error).stack).toBe('a file was not sent to its end: AwsThrottled: slow down');
  } finally {
    told.mockRestore();
    await serving.stop();
  }
});

test('an entry that cannot be read does not go missing in silence', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  ledger.put({
    address: { S: 'ann@target.example' },
    scope: { S: '*' },
    status: { S: 'suppressed' },
    updatedAt: { S: '2026-11-20T12:00:00.000Z' },
    bucket: { S: '2026-11#0' },
  });
  const { response, body } = await file(ledger, 'format=ndjson');
  expect([response.status, JSON.parse(body).error.code]).toEqual([502, 'EntryUnreadable']);
  expect((await file(ledger, 'format=csv')).body).toContain('ann@target.example,*,suppressed,,,,2026-11-20');
});

test.each(['format=xlsx', 'limit=5', 'after=a', 'reason=nonsense', 'since=2026-11-10&until=2026-11-01'])(
  'refuses %s',
  async (query) => {
    expect((await file(new MemoryLedger(), query)).response.status).toBe(400);
  },
);
