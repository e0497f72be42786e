import { parseArguments } from '../../../proof/acceptance/arguments.ts';
import { bareEnvironment, pipEnvironment } from '../../../proof/acceptance/environment.ts';
import { eventType } from '../../../proof/acceptance/mirror-ses.ts';
import { isNewEnough } from '../../../proof/acceptance/python.ts';
import { humanReport, jsonReport } from '../../../proof/acceptance/report.ts';

test('Arguments', () => {
  const usual = { json: false, keep: false, ifPossible: false, node: '/node', seed: 1 };
  expect(parseArguments([], '/node')).toEqual({ run: usual });
  expect(parseArguments(['--json', '--keep', '--if-possible', '--node', '/n', '--seed', '7'], '/node')).toEqual({
    run: { json: true, keep: true, ifPossible: true, node: '/n', seed: 7 },
  });
  expect(parseArguments(['--help'], '/node')).toMatchObject({ exitCode: 0, err: '' });
  for (const wrong of [['--seed', 'x'], ['--nothing'], ['more']])
    expect(parseArguments(wrong, '/node')).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringContaining('npm run'),
    });
});

test.each([
  ['3.10.0', true],
  ['3.13.1', true],
  ['4.0.0', true],
  ['3.9.18', false],
  ['2.7.18', false],
])('Python %s is new enough: %s', (version, is) => {
  expect(isNewEnough(version)).toBe(is);
});

test('No command is led to a real account or through a proxy, and pip finds its way', () => {
  const env = {
    PATH: '/bin',
    AWS_PROFILE: 'production',
    AWS_ACCESS_KEY_ID: 'AKIA',
    CDK_DEFAULT_ACCOUNT: '1',
    NODE_OPTIONS: '--inspect',
    https_proxy: 'http://proxy',
    PIP_INDEX_URL: 'https://index',
    REQUESTS_CA_BUNDLE: '/ca.pem',
    nothing: undefined,
  };
  expect(bareEnvironment(env)).toEqual({ PATH: '/bin' });
  expect(pipEnvironment(env)).toEqual({
    https_proxy: 'http://proxy',
    PIP_INDEX_URL: 'https://index',
    REQUESTS_CA_BUNDLE: '/ca.pem',
  });
});

test('Event types are known by both their names', () => {
  expect(['BOUNCE', 'RENDERING_FAILURE', 'OPEN'].map(eventType)).toEqual(['Bounce', 'Rendering Failure', undefined]);
});

test('Reports, for machines and for people', () => {
  const step = { step: 'deploy', ok: true, seconds: 1.23, detail: 'first\nsecond' };
  const totals = { ok: false, passed: 1, failed: 1, notRun: 2, seconds: 61 };
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  for (const report of [jsonReport(print), humanReport(print, false), humanReport(print, true)]) {
    report.step(step);
    report.totals(totals);
  }
  expect(JSON.parse(lines[0] ?? '')).toEqual({ event: 'step', ...step });
  expect(JSON.parse(lines[1] ?? '')).toEqual({ event: 'end', ...totals });
  expect(lines[2]).toBe('ok      deploy          1.2 s  first');
  expect(lines[3]?.trim()).toBe('second');
  expect(lines[5]).toBe('1 steps ok, 1 failed, 2 not run; 61 s.');
  expect(lines.at(-1)).toContain('1 failed');
});
