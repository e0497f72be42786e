import * as v from 'valibot';
import type { BreakerStore } from '../../core/breaker/breaker-store.ts';
import { ACCOUNT, CAUSE, SET, stateOf } from '../core/breaker/samples.ts';
import { cli, lines, NOW } from './harness.ts';
import { type MemorySwitches, memorySwitches } from './memory-switches.ts';
import { PauseLine, ResumeLine } from './schemas/switch.ts';

const run = (switches: MemorySwitches, ...args: string[]) => cli(args, { switches });
const stateIn = async ({ store }: MemorySwitches, of: Parameters<BreakerStore['read']>[0] = SET) =>
  (await store.read(of))?.state;

describe('pause', () => {
  test('pauses the configuration set, remembers who and why, and says what happens now', async () => {
    const switches = memorySwitches();
    const { exit, out, err, target } = await run(switches, 'pause', '--note', 'ticket 812');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toBe(
      [
        'Paused: the configuration set mine.',
        'Sends with it answer SendingPaused; mail sent with other configuration sets goes on.',
        'What is in the send queue waits there, up to 13 days: nothing is lost.',
        'To go on: ses-suppressor resume',
        '',
      ].join('\n'),
    );
    expect(target).toMatchObject({ stack: 'Suppressor' });
    expect(switches.moves).toEqual(['breaker#mine off']);
    expect(await stateIn(switches)).toEqual({
      phase: 'paused',
      disarmed: [],
      pause: { at: NOW, by: 'command', operator: 'pat', note: 'ticket 812', toldAt: NOW },
    });
  });

  test('is as good twice, and leaves who was first', async () => {
    const switches = memorySwitches();
    await run(switches, 'pause', '--note', 'ticket 812');
    const { exit, out } = await run(switches, 'pause', '--note', 'again');
    expect(exit).toBe(0);
    expect(out).toContain(
      'Already paused: the configuration set mine, since 2026-11-20 12:00 UTC, by pat: ticket 812.\nThe note given now is not kept: ',
    );
    expect((await run(switches, 'pause', '--note', 'ticket 812')).out).not.toContain('not kept');
    expect(switches.moves).toEqual(['breaker#mine off']);
    const [line] = lines((await run(switches, 'pause', '--json')).out);
    expect(v.parse(PauseLine, line)).toMatchObject({ changed: false, pause: { operator: 'pat', note: 'ticket 812' } });
  });

  test('takes over a pause nobody knows of, such as one whose command died', async () => {
    const switches = memorySwitches({ 'breaker#mine': false });
    const [line] = lines((await run(switches, 'pause', '--note', 'mine', '--json')).out);
    expect(v.parse(PauseLine, line)).toEqual({
      action: 'pause',
      configurationSet: 'mine',
      changed: false,
      sending: false,
      pause: { at: '2026-11-20T12:00:00.000Z', by: 'command', operator: 'pat', note: 'mine', cause: null },
    });
    expect(switches.moves).toEqual([]);
    expect(await stateIn(switches)).toMatchObject({
      phase: 'paused',
      pause: { by: 'command', note: 'mine', toldAt: NOW },
    });
  });

  test('pauses the whole account only where that is asked for', async () => {
    const switches = memorySwitches();
    const { out } = await run(switches, 'pause', '--account');
    expect(out).toContain('Paused: the whole account.\nNo mail of this account leaves this Region');
    expect(out).toContain('To go on: ses-suppressor resume --account');
    expect(switches.moves).toEqual(['breaker#* off']);
    expect([await stateIn(switches), (await stateIn(switches, ACCOUNT))?.phase]).toEqual([undefined, 'paused']);
  });

  test('names nobody where the system does not say who it is', async () => {
    const switches = memorySwitches();
    await cli(['pause'], { switches, overrides: { operator: '' } });
    expect((await stateIn(switches))?.pause).toEqual({ at: NOW, by: 'command', toldAt: NOW });
  });
});

describe('resume', () => {
  const tripped = async (): Promise<MemorySwitches> => {
    const switches = memorySwitches({ 'breaker#mine': false });
    const pause = { at: NOW - 3_600_000, by: 'breaker', cause: CAUSE, toldAt: NOW } as const;
    await switches.store.write(SET, stateOf({ phase: 'paused', pause }), undefined);
    return switches;
  };

  test('lets sending go on and says why it was paused', async () => {
    const switches = await tripped();
    const { exit, out, err } = await run(switches, 'resume', '--note', 'list cleaned');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toBe(
      [
        'Resumed: the configuration set mine.',
        'It had been paused since 2026-11-20 11:00 UTC, by the circuit breaker: 100 of 1600 mails bounced for good since 2026-11-19 12:00 UTC, 6.25 %; the line is 5 %.',
        'What waits in the send queue goes within the hour. The circuit breaker counts anew from now.',
        '',
      ].join('\n'),
    );
    expect(switches.moves).toEqual(['breaker#mine on']);
    expect(await stateIn(switches)).toMatchObject({
      phase: 'running',
      resumption: { at: NOW, by: 'command', operator: 'pat', note: 'list cleaned' },
      disarmed: ['bounces', 'complaints'],
    });
  });

  test('tells the same in JSON', async () => {
    const [line] = lines((await run(await tripped(), 'resume', '--json')).out);
    expect(v.parse(ResumeLine, line)).toEqual({
      action: 'resume',
      configurationSet: 'mine',
      changed: true,
      sending: true,
      pause: {
        at: '2026-11-20T11:00:00.000Z',
        by: 'breaker',
        operator: null,
        note: null,
        cause: { ...CAUSE, since: '2026-11-19T12:00:00.000Z' },
      },
      resumedAt: '2026-11-20T12:00:00.000Z',
    });
  });

  test('is done where nothing is paused, and writes nothing', async () => {
    const switches = memorySwitches();
    expect(await run(switches, 'resume')).toMatchObject({
      exit: 0,
      out: 'Nothing to resume: SES sends with the configuration set mine.\n',
    });
    expect([switches.moves, await stateIn(switches)]).toEqual([[], undefined]);
  });

  test('takes note where somebody has resumed in the console', async () => {
    const switches = await tripped();
    switches.on['breaker#mine'] = true;
    const [line] = lines((await run(switches, 'resume', '--json')).out);
    expect(v.parse(ResumeLine, line)).toMatchObject({ changed: false, resumedAt: '2026-11-20T12:00:00.000Z' });
    expect(await stateIn(switches)).toMatchObject({ phase: 'running', disarmed: ['bounces', 'complaints'] });
  });

  test.each([[[]], [['--account']]])('cannot undo what SES has paused: %j', async (more) => {
    const switches = memorySwitches({ 'breaker#mine': false }, { isShutDown: true, sendingEnabled: false });
    const { exit, err } = await run(switches, 'resume', ...more);
    expect(exit).toBe(1);
    expect(err).toMatch(/^PausedBySes: SES has paused this account.*\nFind the cause.* Support Center/);
    expect(switches.moves).toEqual([]);
  });

  test('says that the whole account is paused, and by whom as far as that is known', async () => {
    const switches = memorySwitches({ 'breaker#mine': false, 'breaker#*': false });
    const unknown = await run(switches, 'resume');
    expect([unknown.exit, unknown.err]).toEqual([
      1,
      expect.stringMatching(/^AccountPaused: the whole account is paused, and not by this deployment\nIf that was you/),
    ]);
    switches.on['breaker#*'] = true;
    await run(switches, 'pause', '--account', '--note', 'leak');
    expect((await run(switches, 'resume')).err).toContain('is paused, since 2026-11-20 12:00 UTC, by pat: leak\n');
    expect(switches.on['breaker#mine']).toBe(false);
  });

  test('is named with the deployment that was paused, so that no other one is resumed', async () => {
    const switches = memorySwitches();
    const about = ['--stack', 'Mail', '--region', 'eu-west-1'];
    const command = 'ses-suppressor resume --stack Mail --region eu-west-1';
    expect((await run(switches, 'pause', ...about)).out).toContain(`To go on: ${command}\n`);
    await run(switches, 'pause', '--account', ...about);
    expect((await run(switches, 'resume', ...about)).err).toContain(
      'If that was you: ses-suppressor resume --account --stack Mail --region eu-west-1. ',
    );
    expect((await run(switches, 'resume', '--account', ...about)).out).toContain(`To go on: ${command}\n`);
  });

  test('resumes the account, and says what is still paused', async () => {
    const switches = memorySwitches({ 'breaker#mine': false, 'breaker#*': false });
    const { exit, out } = await run(switches, 'resume', '--account');
    expect(exit).toBe(0);
    expect(out).toContain('Resumed: the whole account.\n');
    expect(out).toContain('Still paused: the configuration set mine. To go on: ses-suppressor resume\n');
    expect(switches.moves).toEqual(['breaker#* on']);
  });

  test('is safe to print, whatever a note holds', async () => {
    const switches = memorySwitches();
    await run(switches, 'pause', '--note', 'red\u001b[31m\u202e');
    const { out } = await run(switches, 'resume');
    expect(out).toContain('by pat: red');
    for (const hidden of ['\u001b', '\u202e']) expect(out).not.toContain(hidden);
  });
});

describe.each(['pause', 'resume'])('%s', (name) => {
  test('tries again where somebody else has written meanwhile, and says so if it never gets through', async () => {
    const switches = memorySwitches({ 'breaker#mine': name === 'pause' });
    const { store } = switches;
    const lost = (times: number): BreakerStore => {
      let left = times;
      return {
        read: (of) => store.read(of),
        write: async (...args) => {
          left -= 1;
          return left < 0 ? store.write(...args) : undefined;
        },
      };
    };
    expect((await cli([name], { switches: { ...switches, store: lost(4) } })).exit).toBe(0);
    switches.on['breaker#mine'] = name === 'pause';
    const { exit, err } = await cli([name], { switches: { ...switches, store: lost(5) } });
    expect(exit).toBe(1);
    expect(err).toMatch(/^SwitchNotRemembered: .*\nRun it again/);
    expect(switches.on['breaker#mine']).toBe(name !== 'pause');
  });

  test.each([
    [
      'AccessDeniedException',
      'not authorized',
      /^AccessDenied: not authorized\n.*ses:PutConfigurationSetSendingOptions/,
    ],
    ['NotFoundException', 'no such set', /^ConfigurationSetNotFound: no such set\n.*deploy/],
    ['BreakerStateUnreadable', 'odd', /^BreakerStateUnreadable: odd\n.*version that is deployed/],
    ['TooManyRequestsException', 'slow down', /slow down\n/],
  ])('tells what AWS refuses with a remedy: %s', async (fault, message, told) => {
    const switches = memorySwitches();
    const refuse = () => Promise.reject(Object.assign(new Error(message), { name: fault, $metadata: {} }));
    const sending = () => ({ isEnabled: refuse, set: refuse });
    const { exit, err } = await cli([name], { switches: { ...switches, sending } });
    expect(exit).toBe(1);
    expect(err).toMatch(told);
  });

  test.each([[['--note', 'x'.repeat(501)]], [['--table', 'Mine']], [['all']]])('refuses %j', async (args) => {
    expect((await cli([name, ...args])).exit).toBe(2);
  });
});
