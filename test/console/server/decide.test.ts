import { MemoryAccountList } from '../../../adapters/memory-account-list.ts';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import type { DecideAnswer, ForgetAnswer } from '../../../console/api.ts';
import { addDecideRoutes } from '../../../console/server/routes/decide.ts';
import { AccountListRefused } from '../../../core/account-list/account-list-refused.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { add } from '../../../core/ledger/add.ts';
import { addressOf } from '../../adapters/samples.ts';
import { cli, type Given, ledgerThatLearnt, NOW } from '../../cli/harness.ts';
import { bounce, complaint } from '../../cli/messages.ts';
import { routes } from './ask.ts';

const PAT = 'pat@target.example';
const NOTE = 'asked by phone';

const decide = (given: Given, body: object) =>
  routes([addDecideRoutes], given).post<DecideAnswer>('/decide', { address: PAT, note: NOTE, ...body });
const forget = (given: Given, body: object) =>
  routes([addDecideRoutes], given).post<ForgetAnswer>('/forget', { address: PAT, ...body });

const sesList = (...given: string[]) =>
  new MemoryAccountList({ listed: given.map((each) => ({ given: each, reason: 'BOUNCE', updatedAt: NOW })) });
const givens = (list: MemoryAccountList) => list.listed.map(({ given }) => given);

const explained = async (ledger: MemoryLedger): Promise<string> => (await cli(['explain', PAT], { ledger })).out;

describe('add', () => {
  test('puts an address on the list in a scope, as whoever runs the console', async () => {
    const ledger = new MemoryLedger({ now: () => NOW });
    const { status, body } = await decide(
      { ledger },
      { action: 'add', address: 'Pat <PAT@target.example>', scope: 'newsletter' },
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      address: PAT,
      entries: [
        {
          scope: 'newsletter',
          outcome: 'written',
          status: 'suppressed',
          reason: 'manual',
          since: '2026-11-20T12:00:00.000Z',
          until: null,
        },
      ],
      ses: [],
      stillWithheld: [],
    });
    expect(await explained(ledger)).toContain(`added by pat 2026-11-20 12:00 UTC: ${NOTE}`);
    expect((await decide({ ledger }, { action: 'add', scope: 'newsletter' })).body.entries[0]?.outcome).toBe(
      'unchanged',
    );
    expect(ledger.writes).toBe(1);
  });
});

describe('allow', () => {
  test('pins an address, and says where it is withheld all the same', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    await add(ledger, { address: addressOf(PAT), scope: 'newsletter' }, { by: 'sam', note: '' }, DEFAULT_POLICY, NOW);
    const { body } = await decide({ ledger }, { action: 'allow', scope: '*' });
    expect(body.entries).toEqual([expect.objectContaining({ scope: '*', outcome: 'written', status: 'allowed' })]);
    expect(body.stillWithheld).toEqual(['newsletter']);
    expect((await decide({ ledger }, { action: 'allow', scope: 'newsletter' })).body.stillWithheld).toEqual([]);
    expect((await cli(['check', PAT, '--stream', 'newsletter'], { ledger })).exit).toBe(0);
  });
});

describe('remove', () => {
  test("takes an address off SES's list and then off this one", async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    const ses = sesList(PAT, 'Pat@target.example', 'ann@target.example');
    const { body } = await decide(
      { ledger, accountLists: [ses] },
      { action: 'remove', address: 'Pat@target.example', scope: '*' },
    );
    expect(body).toEqual({
      address: PAT,
      entries: [{ scope: '*', outcome: 'written', status: 'watched', reason: null, since: null, until: null }],
      ses: [{ region: 'us-east-1', kind: 'cleared', spellings: [PAT, 'Pat@target.example'] }],
      stillWithheld: [],
    });
    expect(givens(ses)).toEqual(['ann@target.example']);
    expect(await explained(ledger)).toContain(`removed by pat 2026-11-20 12:00 UTC: ${NOTE}`);
  });

  test('in every scope', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    await add(ledger, { address: addressOf(PAT), scope: 'newsletter' }, { by: 'sam', note: '' }, DEFAULT_POLICY, NOW);
    const ses = sesList(PAT);
    const { body } = await decide({ ledger, accountLists: [ses] }, { action: 'remove', scope: null });
    expect(body.entries.map(({ scope, status }) => [scope, status])).toEqual([
      ['*', 'watched'],
      ['newsletter', 'watched'],
    ]);
    expect(givens(ses)).toEqual([]);
  });

  test("leaves SES's list alone where only a stream is meant, or it is to be kept", async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    await add(ledger, { address: addressOf(PAT), scope: 'newsletter' }, { by: 'sam', note: '' }, DEFAULT_POLICY, NOW);
    const ses = sesList(PAT);
    const given = { ledger, accountLists: [ses] };
    const stream = await decide(given, { action: 'remove', scope: 'newsletter' });
    expect([stream.body.ses, stream.body.stillWithheld]).toEqual([[], ['*']]);
    const kept = await decide(given, { action: 'remove', scope: '*', keepSesList: true });
    expect([kept.body.ses, kept.body.entries[0]?.status]).toEqual([[], 'watched']);
    expect([givens(ses), ses.calls]).toEqual([[PAT], 0]);
  });

  test("removes nothing here if SES's list cannot be cleared, and says why", async () => {
    const denied = Object.assign(new Error('not authorized to perform: ses:DeleteSuppressedDestination'), {
      name: 'AccessDeniedException',
    });
    const ledger = await ledgerThatLearnt([bounce()]);
    const ses = Object.assign(sesList(PAT), { remove: () => Promise.reject(denied) });
    const given = { ledger, accountLists: [ses] };
    const { status, problem } = await decide(given, { action: 'remove', scope: '*' });
    expect(status).toBe(502);
    expect(problem).toEqual({
      code: 'SesListNotCleared',
      message:
        "not removed: the next mail would be refused by SES's list in us-east-1, and block it again (us-east-1: AccessDenied: not authorized to perform: ses:DeleteSuppressedDestination)",
      remedy: expect.stringMatching(
        /ses:DeleteSuppressedDestination.* Or keep SES's list, and remove it from this one alone\.$/,
      ),
    });
    expect((await cli(['check', PAT], { ledger })).exit).toBe(3);
    expect((await decide(given, { action: 'remove', scope: '*', keepSesList: true })).status).toBe(200);
  });

  test('a list that the sandbox keeps closed withholds nothing', async () => {
    const closed = Object.assign(new MemoryAccountList({ region: 'eu-west-1' }), {
      remove: () => Promise.reject(new AccountListRefused('SANDBOX', 'the account is in the sandbox')),
    });
    const { body } = await decide(
      { ledger: await ledgerThatLearnt([bounce()]), accountLists: [closed] },
      { action: 'remove', scope: '*' },
    );
    expect([body.ses, body.entries[0]?.status]).toEqual([
      [{ region: 'eu-west-1', kind: 'closed', spellings: [] }],
      'watched',
    ]);
  });

  test('what is dated far in the future is left as it is', async () => {
    const ledger = await ledgerThatLearnt([complaint({ at: '2026-12-24T08:00:00Z' })]);
    const { problem } = await decide({ ledger }, { action: 'remove', scope: '*' });
    expect(problem?.code).toBe('FutureFact');
    expect(ledger.writes).toBe(1);
  });
});

describe('forget', () => {
  test('drops texts in every scope, and keeps the block', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    await add(ledger, { address: addressOf(PAT), scope: 'newsletter' }, { by: 'sam', note: NOTE }, DEFAULT_POLICY, NOW);
    const { status, body } = await forget({ ledger }, { unblock: false });
    expect([status, body]).toEqual([200, { address: PAT, scopes: ['*', 'newsletter'] }]);
    expect(JSON.stringify(ledger.items)).not.toMatch(/user unknown|asked by phone|sam/);
    expect((await cli(['check', PAT], { ledger })).exit).toBe(3);
  });

  test('deletes what is known with unblock, what cannot be read too', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    ledger.put({ address: { S: PAT }, scope: { S: 'newsletter' }, status: { S: 'suppressed' } });
    expect((await forget({ ledger }, { unblock: false })).problem?.code).toBe('EntryUnreadable');
    expect((await forget({ ledger }, { unblock: true })).body.scopes).toEqual(['*', 'newsletter']);
    expect(ledger.items).toEqual([]);
    expect((await forget({ ledger }, { unblock: true })).body.scopes).toEqual([]);
  });

  test('an entry that changes meanwhile is not deleted', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    const racing = Object.assign(ledger, { delete: async () => 'lost' as const });
    expect((await forget({ ledger: racing }, { unblock: true })).problem?.code).toBe('EntryChanged');
  });
});

test.each([
  ['/decide', { action: 'add', scope: '*' }],
  ['/decide', { action: 'remove', scope: null }],
  ['/forget', { unblock: true }],
])('a copy of the list is not changed by %s %j', async (path, body) => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const home = { table: 'Copy', policy: DEFAULT_POLICY, ledger, home: 'us-east-1', close: () => undefined };
  const { post } = routes([addDecideRoutes], { overrides: { openList: async () => home } });
  const note = path === '/decide' ? { note: NOTE } : {};
  expect(await post(path, { address: PAT, ...note, ...body })).toMatchObject({
    status: 409,
    problem: { code: 'NotTheHomeRegion' },
  });
  expect(ledger.writes).toBe(1);
});

describe('refuses', () => {
  test.each<[string, object]>([
    ['an action that is none', { action: 'burn', scope: '*' }],
    ['no scope', { action: 'add' }],
    ['every scope for what is no removal', { action: 'add', scope: null }],
    ['a scope that is none', { action: 'allow', scope: 'a b' }],
    ['no note', { action: 'add', scope: '*', note: ' ' }],
    ['a long note', { action: 'add', scope: '*', note: 'a'.repeat(201) }],
    ['what nobody knows', { action: 'add', scope: '*', by: 'somebody else' }],
    ["keeping SES's list where it is not touched", { action: 'allow', scope: '*', keepSesList: true }],
    ['no address', { action: 'add', scope: '*', address: 'pat' }],
    ['no text as an address', { action: 'add', scope: '*', address: { key: PAT } }],
  ])('%s', async (_what, body) => {
    const ledger = new MemoryLedger();
    const { status, problem } = await decide({ ledger }, body);
    expect([status, problem?.message]).toEqual([400, expect.stringMatching(/\w/)]);
    expect(ledger.writes).toBe(0);
  });

  test('forgetting without saying how', async () => {
    expect((await forget({}, {})).status).toBe(400);
    expect((await forget({}, { unblock: 'yes' })).status).toBe(400);
  });
});
