import { judgeHandlers, judgeLoop, judgeTests } from '../../../proof/runtime/checks.ts';

const line = (more: Record<string, unknown>) =>
  JSON.stringify({ file: 'dist/send/index.mjs', handler: 'function', async: true, parameters: 1, ...more });

describe('The checks of the runtime', () => {
  test('pass a bundle with an asynchronous handler', () => {
    expect(judgeHandlers(line({}), ['dist/send/index.mjs'])).toEqual({
      ok: true,
      detail: '1 loaded, each an asynchronous handler without a callback',
    });
  });

  test.each([
    ['takes a callback', line({ parameters: 3 })],
    ['is not asynchronous', line({ async: false })],
    ['has no handler', line({ handler: 'undefined' })],
    ['does not load', JSON.stringify({ file: 'dist/send/index.mjs', error: 'SyntaxError' })],
    ['printed nothing', 'a crash\n'],
  ])('fail a bundle that %s', (_what, out) => {
    const { ok, detail } = judgeHandlers(out, ['dist/send/index.mjs']);
    expect(ok).toBe(false);
    expect(detail).toContain('dist/send/index.mjs');
  });

  test('pass a loop only if it closed and the program ended well', () => {
    const out = '{"event":"ready"}\n{"event":"loop","closed":true,"seconds":2.84}\n';
    expect(judgeLoop({ code: 0, out })).toEqual({ ok: true, detail: 'the loop closed in 2.8 s' });
    expect(judgeLoop({ code: 1, out }).ok).toBe(false);
    expect(judgeLoop({ code: 0, out: '{"event":"loop","closed":false,"seconds":9}\n' }).ok).toBe(false);
    expect(judgeLoop({ code: null, out: '' })).toEqual({ ok: false, detail: 'ended with null and said nothing' });
  });

  test('pass tests only if some ran and none failed', () => {
    expect(judgeTests({ code: 0, out: 'Tests:       7 passed, 7 total\n' })).toEqual({
      ok: true,
      detail: '7 passed, 7 total',
    });
    expect(judgeTests({ code: 0, out: 'Tests:       0 total\n' }).ok).toBe(false);
    expect(judgeTests({ code: 1, out: 'Tests:       1 failed, 7 passed, 8 total\n' }).ok).toBe(false);
    expect(judgeTests({ code: 0, out: 'No tests found\n' }).ok).toBe(false);
  });
});
