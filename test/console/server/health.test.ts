import { CliError } from '../../../cli/cli-error.ts';
import { GROUPS } from '../../../cli/doctor/check.ts';
import type { Health } from '../../../console/api.ts';
import { commandsIn } from '../../../console/server/health/commands-in.ts';
import { addHealthRoutes } from '../../../console/server/routes/health.ts';
import { World } from '../../cli/doctor/healthy.ts';
import { type Given, NOW } from '../../cli/harness.ts';
import { routes } from './ask.ts';

const MINUTE = 60_000;

/** A console over a world, on a clock of its own, that counts how often the world is opened. */
const over = (world: World, overrides: NonNullable<Given['overrides']> = {}) => {
  const clock = { now: NOW };
  const opens = { count: 0, closed: 0 };
  const { get } = routes([addHealthRoutes], {
    world,
    overrides: {
      now: () => clock.now,
      openDoctor: async () => {
        opens.count += 1;
        const close = () => {
          opens.closed += 1;
        };
        return { ...world.opened(), close };
      },
      ...overrides,
    },
  });
  return { clock, opens, health: (query = '') => get<Health>(`/health${query}`) };
};

test('says of a healthy deployment that nothing is wrong, group by group', async () => {
  const { status, body } = await over(new World()).health();
  expect(status).toBe(200);
  expect(body.at).toBe('2026-11-20T12:00:00.000Z');
  expect(body.summary).toEqual({
    standing: 'good',
    head: 'Nothing is wrong',
    rest: expect.stringMatching(/^1 note, 0 unknown, \d+ ok$/),
  });
  expect(new Set(body.findings.map(({ status: of }) => of))).toEqual(new Set(['ok', 'note']));
  expect([...new Set(body.findings.map(({ group }) => group))]).toEqual(GROUPS);
  const turns = body.findings.filter(({ group }, at) => group !== body.findings[at - 1]?.group);
  expect(turns).toHaveLength(GROUPS.length);
});

test('says what is wrong, how to mend it, and which words of that are a command', async () => {
  const world = new World();
  world.account.sendingEnabled = false;
  world.protection = false;
  world.identities['ledger.example'] = undefined;
  const { body } = await over(world).health();
  expect(body.summary.standing).toBe('bad');
  expect(body.summary.head).toMatch(/^\d+ wrong$/);
  const of = (check: string) => body.findings.find((each) => each.check === check && each.status !== 'ok');
  expect(of('account-sending')).toMatchObject({
    group: 'Account',
    status: 'wrong',
    fix: 'When the cause is gone: ses-suppressor resume --account',
    commands: ['ses-suppressor resume --account'],
  });
  expect(of('table-protection')).toMatchObject({
    group: 'List',
    status: 'wrong',
    commands: [
      'aws --region eu-central-1 dynamodb update-table --table-name Suppressions --deletion-protection-enabled',
    ],
  });
  for (const { fix, commands } of body.findings) for (const command of commands) expect(fix).toContain(command);
});

test('names no ARN where its end says it', async () => {
  const { body } = await over(new World()).health();
  expect(body.findings.filter(({ about }) => about.startsWith('arn:'))).toEqual([]);
});

test('what these credentials may not see is unknown, and then nobody says that nothing is wrong', async () => {
  const world = new World();
  world.faults['ses.account'] = Object.assign(new Error('not authorized to perform: ses:GetAccount'), {
    name: 'AccessDeniedException',
  });
  const { body } = await over(world).health();
  expect(body.summary).toMatchObject({ standing: 'unknown', head: 'Nothing wrong was found' });
  expect(body.findings.filter(({ status }) => status === 'unknown')[0]).toMatchObject({
    group: 'Account',
    message: 'may not look: these credentials lack ses:GetAccount',
  });
});

test('keeps an answer for a minute', async () => {
  const { clock, opens, health } = over(new World());
  const first = await health();
  clock.now += MINUTE - 1;
  expect((await health()).body).toEqual(first.body);
  expect(opens).toEqual({ count: 1, closed: 1 });
  clock.now += 1;
  expect((await health()).body.at).toBe('2026-11-20T12:01:00.000Z');
  expect(opens).toEqual({ count: 2, closed: 2 });
});

test('looks again when it is asked to', async () => {
  const world = new World();
  const { opens, health } = over(world);
  await health();
  world.account.sendingEnabled = false;
  expect((await health()).body.summary.standing).toBe('good');
  expect((await health('?fresh=1')).body.summary.standing).toBe('bad');
  expect((await health()).body.summary.standing).toBe('bad');
  expect(opens.count).toBe(2);
});

test('those who ask at once share one look, and those who want a fresh one the look after it', async () => {
  const world = new World();
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  let opens = 0;
  const { health } = over(world, {
    openDoctor: async () => {
      opens += 1;
      await gate;
      return world.opened();
    },
  });
  const asked = Promise.all([health(), health('?fresh=1'), health('?fresh=1'), health()]);
  while (opens === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(opens).toBe(1);
  go();
  const answers = await asked;
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(opens).toBe(2);
});

test('what keeps it from looking is a problem, and is not kept', async () => {
  const world = new World();
  let fault: Error | undefined = new CliError('StackNotFound', 'there is no stack "Suppressor"', 'Give --stack.');
  const { health } = over(world, {
    openDoctor: async () => {
      if (fault !== undefined) throw fault;
      return world.opened();
    },
  });
  expect(await health()).toMatchObject({
    status: 404,
    problem: { code: 'StackNotFound', message: 'there is no stack "Suppressor"', remedy: 'Give --stack.' },
  });
  fault = Object.assign(new Error('denied'), { name: 'AccessDenied' });
  expect(await health()).toMatchObject({ status: 403, problem: { code: 'AccessDenied' } });
  fault = undefined;
  expect(await health()).toMatchObject({ status: 200 });
  fault = new CliError('StackNotFound', 'it is gone', 'Deploy it.');
  expect(await health('?fresh=1')).toMatchObject({ status: 404 });
  expect(await health()).toMatchObject({ status: 404 });
});

test.each(['?fresh=2', '?fresh=', '?else=1', '?fresh=1&fresh=1&more=2'])('refuses %s', async (query) => {
  const { opens, health } = over(new World());
  expect(await health(query)).toMatchObject({ status: 400, problem: { code: 'InvalidRequest' } });
  expect(opens.count).toBe(0);
});

test.each([
  ['aws sns subscribe --protocol email --notification-endpoint YOU --topic-arn arn:aws:sns:x:1:t', undefined],
  ['aws --region eu-west-1 sesv2 put-x --suppressed-reasons BOUNCE COMPLAINT', undefined],
  [
    'aws dynamodb list-backups --backup-type SYSTEM shows its last backup: restore that',
    'aws dynamodb list-backups --backup-type SYSTEM',
  ],
  [
    'Verify the domain: aws sesv2 create-email-identity --email-identity ledger.example, then add',
    'aws sesv2 create-email-identity --email-identity ledger.example',
  ],
  ['aws dynamodb update-time-to-live --time-to-live-specification Enabled=true,AttributeName=expiresAt', undefined],
])('finds the command in %j', (sentence, command) => {
  expect(commandsIn(sentence, [])).toEqual([command ?? sentence]);
});

test('finds the commands of this program that it was told, the longer of two', () => {
  const own = ['ses-suppressor resume', 'ses-suppressor resume --account', 'ses-suppressor stats'];
  expect(commandsIn('Then: ses-suppressor resume --account', own)).toEqual(['ses-suppressor resume --account']);
  expect(commandsIn('Deploy the stack again.', own)).toEqual([]);
});
