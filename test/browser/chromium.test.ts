import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, noBrowser } from './chromium.ts';

const ROOT = join(__dirname, '../..');

test('a browser that CHROMIUM names is taken, and no other if it cannot be run', () => {
  expect(findChromium({ CHROMIUM: process.execPath })).toBe(process.execPath);
  expect(findChromium({ CHROMIUM: '/nonexistent' })).toBeUndefined();
  expect(noBrowser({ CHROMIUM: '/nonexistent' })).toContain('CHROMIUM is "/nonexistent", which cannot be run.');
  expect(noBrowser({})).toMatch(/none of \/usr\/bin\/chromium, .* can be run\./);
});

test('without a browser the run says what is missing, fails, and writes no result', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'no-browser-'));
  const results = join(folder, 'results.json');
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = [jest, '--config', 'jest.browser.cjs', '--json', `--outputFile=${results}`];
  const env = { ...process.env, CHROMIUM: '/nonexistent' };
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  expect(stderr).toContain(noBrowser(env));
  expect([status, existsSync(results)]).toEqual([1, false]);
  await rm(folder, { recursive: true });
});
