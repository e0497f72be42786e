import { EventEmitter } from 'node:events';
import { CliError } from '../../cli/cli-error.ts';
import type { Target } from '../../cli/deployment/target.ts';
import { interruption } from '../../cli/interrupted.ts';
import { OutputClosed } from '../../cli/output/output-closed.ts';
import { cli, type Given, lines } from './harness.ts';

const ADDRESS = 'http://127.0.0.1:4581/?token=secret';

/** A console that notes what happens to it. */
const noted = (events: string[] = []) => {
  const asked: { target: Target; port: number }[] = [];
  const overrides: Given['overrides'] = {
    serveConsole: async (target, port) => {
      asked.push({ target, port });
      events.push('up');
      return { address: ADDRESS, stop: async () => void events.push('down') };
    },
    interrupted: async () => void events.push('Ctrl-C'),
  };
  return { asked, events, overrides };
};

test('prints where it is and what it looks at, and stays up until Ctrl-C', async () => {
  const { asked, events, overrides } = noted();
  const { exit, out, err } = await cli(['console', '--stack', 'Mail', '--region', 'eu-west-1'], { overrides });
  expect([exit, err]).toEqual([0, '']);
  expect(out.split('\n')[0]).toBe(`Console: ${ADDRESS}`);
  expect(out).toContain('It looks at the stack "Mail" in eu-west-1, with your own AWS credentials.');
  expect(out).toContain('It listens on this computer only');
  expect(asked).toEqual([{ target: { stack: 'Mail', region: 'eu-west-1' }, port: 0 }]);
  expect(events.sort()).toEqual(['Ctrl-C', 'down', 'up']);
});

test('is not taken down before Ctrl-C, and is then', async () => {
  const events: string[] = [];
  let interrupt = (): void => undefined;
  const interrupted = () =>
    new Promise<void>((resolve) => {
      interrupt = resolve;
    });
  const { overrides } = noted(events);
  const running = cli(['console'], { overrides: { ...overrides, interrupted } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual(['up']);
  interrupt();
  expect((await running).exit).toBe(0);
  expect(events).toEqual(['up', 'down']);
});

test.each([
  [['--table', 'Mine'], { stack: 'Suppressor', table: 'Mine' }, 'the table "Mine", with your own AWS credentials.'],
  [[], { stack: 'Suppressor' }, 'the stack "Suppressor", with your own AWS credentials.'],
  [
    ['--endpoint', 'http://127.0.0.1:1'],
    { stack: 'Suppressor', endpoint: 'http://127.0.0.1:1' },
    'the local cloud at http://127.0.0.1:1.',
  ],
])('finds a deployment as other commands do: %j', async (args, target, words) => {
  const { asked, overrides } = noted();
  const { out } = await cli(['console', ...args, '--port', '4581'], { overrides });
  expect(asked).toEqual([{ target, port: 4581 }]);
  expect(out).toContain(`It looks at ${words}`);
});

test('prints one line of JSON for programs', async () => {
  const { overrides } = noted();
  const { exit, out } = await cli(['console', '--json'], { overrides });
  expect([exit, lines(out)]).toEqual([0, [{ event: 'ready', console: ADDRESS }]]);
});

test.each([
  [['--port', '65536'], 'Usage'],
  [['--port', '-1'], 'Usage'],
  [['--port', 'x'], 'Usage'],
  [['--port', '1.5'], 'Usage'],
  [['--table', 'Mine', '--stack', 'Mail'], 'Usage'],
  [['somewhere'], 'Usage'],
])('rejects %j, and opens nothing', async (args, code) => {
  const { asked, overrides } = noted();
  const { exit, err } = await cli(['console', ...args], { overrides });
  expect(exit).toBe(2);
  expect(err).toMatch(new RegExp(`^${code}: `));
  expect(asked).toEqual([]);
});

test.each([
  new CliError('ConsoleNotBuilt', 'the page of the console has not been built', 'Run `npm run build`.'),
  new CliError('PORT_TAKEN', 'port 4581 on 127.0.0.1 is taken', 'Choose another with --port N; 0 takes a free one.'),
])('tells what kept it from starting: $code', async (fault) => {
  const overrides = { serveConsole: () => Promise.reject(fault) };
  const { exit, out, err } = await cli(['console'], { overrides });
  expect([exit, out, err]).toEqual([1, '', `${fault.code}: ${fault.message}\n${fault.remedy}\n`]);
});

test('is taken down when nobody reads what it prints', async () => {
  const { events, overrides } = noted();
  const stdout = { write: () => Promise.reject(new OutputClosed()) };
  const { exit } = await cli(['console'], { overrides: { ...overrides, stdout } });
  expect([exit, events.at(-1)]).toEqual([0, 'down']);
});

test('shows an example in its help, and is in the list of commands', async () => {
  expect((await cli(['--help'])).out).toContain('  console');
  const { exit, out } = await cli(['console', '--help']);
  expect(exit).toBe(0);
  expect(out).toContain('$ ses-suppressor console');
  expect(out).toContain('--json');
});

describe('the end of waiting', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'comes with %s, once; what comes after it is as without us',
    async (signal) => {
      const on = new EventEmitter();
      const interrupted = interruption(on);
      let isOver = false;
      void interrupted.then(() => {
        isOver = true;
      });
      on.emit('SIGUSR2');
      await Promise.resolve();
      expect(isOver).toBe(false);
      on.emit(signal);
      await interrupted;
      expect(['SIGINT', 'SIGTERM', 'SIGHUP'].map((each) => on.listenerCount(each))).toEqual([0, 0, 0]);
    },
  );
});
