import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { cli, ledgerThatLearnt, lines } from './harness.ts';
import { bounce, complaint, softBounces } from './messages.ts';

const item = (address: string, scope: string, status: string, more: object = {}) => ({
  address: { S: address },
  scope: { S: scope },
  status: { S: status },
  ...more,
});

test('answers 0 for an address that the list does not know', async () => {
  const { exit, out, target } = await cli(['check', 'New@Target.example', '--json']);
  expect(lines(out)).toEqual([
    {
      address: 'new@target.example',
      stream: null,
      suppressed: false,
      reason: null,
      scope: null,
      since: null,
      until: null,
    },
  ]);
  expect({ exit, stack: target?.stack }).toEqual({ exit: 0, stack: 'Suppressor' });
});

test('answers 3 for a suppressed address, in the shape of the contract', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const { exit, out, err } = await cli(['check', '"Pat" <PAT@target.example>', '--stream', 'receipts', '--json'], {
    ledger,
  });
  expect(out).toBe(
    '{"address":"pat@target.example","stream":"receipts","suppressed":true,"reason":"hard-bounce","scope":"*","since":"2026-11-10T08:00:00.000Z","until":null}\n',
  );
  expect({ exit, err }).toEqual({ exit: 3, err: '' });
});

test('checks the stream beside everywhere, and a hold only until its end', async () => {
  const ledger = new MemoryLedger();
  ledger.put(item('a@x.example', 'news', 'suppressed', { reason: { S: 'unsubscribe' } }));
  ledger.put(item('b@x.example', '*', 'suppressed', { until: { N: '1000' } }));
  ledger.put(item('c@x.example', '*', 'allowed'));
  ledger.put(item('c@x.example', 'news', 'suppressed'));
  const ask = async (...args: string[]) =>
    lines((await cli(['check', 'a@x.example', 'b@x.example', 'c@x.example', '--json', ...args], { ledger })).out).map(
      ({ suppressed, scope }) => (suppressed ? scope : null),
    );
  expect(await ask()).toEqual([null, null, null]);
  expect(await ask('--stream', 'news')).toEqual(['news', null, 'news']);
});

test('tells people the same, one aligned line an address', async () => {
  const ledger = await ledgerThatLearnt([...softBounces(3), complaint({ to: 'b@x.example' })]);
  const { exit, out } = await cli(['check', 'pat@target.example', 'b@x.example', 'free@x.example'], { ledger });
  expect(out).toBe(
    [
      'pat@target.example  suppressed     soft-bounce, everywhere, since 2026-11-13 08:00 UTC, until 2026-11-22 08:00 UTC',
      'b@x.example         suppressed     complaint, everywhere, since 2026-11-10 08:00 UTC, without end',
      'free@x.example      may be mailed',
      '',
    ].join('\n'),
  );
  expect(exit).toBe(3);
});

test('tells people in which streams an address is withheld that may be mailed otherwise', async () => {
  const ledger = new MemoryLedger();
  ledger.put(item('a@x.example', 'news', 'suppressed', { reason: { S: 'unsubscribe' } }));
  ledger.put(item('a@x.example', 'Offers', 'suppressed'));
  ledger.put(item('a@x.example', 'past', 'suppressed', { until: { N: '1000' } }));
  ledger.put(item('a@x.example', 'kept', 'watched'));
  ledger.put(item('a@x.example', 'tenant:acme', 'suppressed'));
  ledger.put(item('b@x.example', '*', 'suppressed'));
  ledger.put(item('b@x.example', 'news', 'suppressed'));
  const ask = (...args: string[]) => cli(['check', 'A@x.example', 'b@x.example', 'c@x.example', ...args], { ledger });
  expect((await ask()).out).toBe(
    [
      'a@x.example  may be mailed  withheld in: Offers, news; see --stream',
      'b@x.example  suppressed     manual, everywhere, without end',
      'c@x.example  may be mailed',
      '',
    ].join('\n'),
  );
  expect((await cli(['check', 'a@x.example'], { ledger })).exit).toBe(0);
  expect((await ask('--stream', 'receipts')).out).not.toContain('withheld');
  expect((await ask('--json')).out).not.toContain('news');
});

test('asks for the streams of nobody but those who are free, and only if people read the answer', async () => {
  const asked: string[] = [];
  const ledger = new MemoryLedger();
  ledger.put(item('b@x.example', '*', 'suppressed'));
  ledger.scopesOf = async (address) => {
    asked.push(address);
    return [];
  };
  const ask = (...args: string[]) => cli(['check', 'a@x.example', 'A@X.example', 'b@x.example', ...args], { ledger });
  await ask('--json');
  await ask('--stream', 'news');
  expect(asked).toEqual([]);
  await ask();
  expect(asked).toEqual(['a@x.example']);
});

test('says so when the streams could not be read, and answers nevertheless', async () => {
  const ledger = new MemoryLedger();
  ledger.scopesOf = async () => Promise.reject(new Error('AccessDenied'));
  expect(await cli(['check', 'a@x.example'], { ledger })).toMatchObject({
    exit: 0,
    out: 'a@x.example  may be mailed  its streams could not be read; see --stream\n',
    err: '',
  });
  const lossy = new MemoryLedger({
    fault: ({ key }) => {
      if (key.scope === 'news') throw new Error('lost');
    },
  });
  lossy.put(item('a@x.example', 'news', 'suppressed'));
  expect((await cli(['check', 'a@x.example'], { ledger: lossy })).out).toContain('could not be read');
});

test('answers the rest when one text is no address, and exits with 2', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const { exit, out } = await cli(['check', 'pat@target.example', 'no address', '--json'], { ledger });
  expect(lines(out)).toEqual([
    expect.objectContaining({ address: 'pat@target.example', suppressed: true }),
    { address: null, given: 'no address', stream: null, error: { code: 'AddressSyntax', message: expect.any(String) } },
  ]);
  expect(exit).toBe(2);
});

test('opens no list for texts that are no addresses', async () => {
  const { exit, target } = await cli(['check', 'x']);
  expect({ exit, target }).toEqual({ exit: 2, target: undefined });
});

test('never calls an address free that could not be read: exit 1 and a remedy', async () => {
  const ledger = new MemoryLedger({
    fault: () => {
      throw Object.assign(new Error('Requested resource not found'), { name: 'ResourceNotFoundException' });
    },
  });
  const { exit, out, err } = await cli(['check', 'a@x.example', '--json'], { ledger });
  expect(lines(out)).toEqual([
    { address: 'a@x.example', stream: null, error: { code: 'TableNotFound', message: expect.any(String) } },
  ]);
  expect(err).toMatch(/^TableNotFound: .+\n.+--table/);
  expect(exit).toBe(1);
});

test('knows an address for suppressed when only its other scope could not be read', async () => {
  const ledger = new MemoryLedger({
    fault: ({ key }) => {
      if (key.scope === 'news') throw new Error('lost');
    },
  });
  ledger.put(item('a@x.example', '*', 'suppressed'));
  expect((await cli(['check', 'a@x.example', '--stream', 'news'], { ledger })).exit).toBe(3);
  expect((await cli(['check', 'b@x.example', '--stream', 'news'], { ledger })).exit).toBe(1);
});

test('says what to do about an entry that another program wrote', async () => {
  const ledger = new MemoryLedger();
  ledger.put(item('a@x.example', '*', 'blocked'));
  const { exit, err } = await cli(['check', 'a@x.example'], { ledger });
  expect(exit).toBe(1);
  expect(err).toMatch(/^EntryUnreadable: status "blocked"/);
});
