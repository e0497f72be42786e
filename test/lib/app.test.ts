import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLES_CONTEXT } from '../../lib/index.ts';
import { placeholderBundles, suppressor, testApp } from './harness.ts';

const ROOT = join(__dirname, '../..');
const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));

const run = (more: Readonly<Record<string, unknown>>) => {
  const out = mkdtempSync(join(tmpdir(), 'assembly-'));
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      CDK_OUTDIR: out,
      CDK_VALIDATION: 'false',
      CDK_DEFAULT_REGION: 'eu-west-1',
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, [BUNDLES_CONTEXT]: placeholderBundles(), ...more }),
    },
  });
  return { status, stderr, out };
};

test('synthesizes without any configuration, in the region the CLI names, and warns that nobody may send', () => {
  const { status, stderr, out } = run({});
  expect([status, stderr.split('\n')[0]]).toEqual([
    0,
    'WARNING nobody may send: add "senders" (addresses or @domains) to the configuration; feedback is read all the same (Annotation)',
  ]);
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  expect(manifest.artifacts.Suppressor.environment).toBe('aws://unknown-account/eu-west-1');
}, 60_000);

test('has nothing to warn of where somebody may send', () => {
  const { status, stderr } = run({ suppressor: { senders: ['@ledger.example'] } });
  expect([status, stderr]).toEqual([0, '']);
}, 60_000);

test('ends with the fault where the configuration is wrong', () => {
  const { status, stderr } = run({ suppressor: { sender: ['a.example'] } });
  expect(status).not.toBe(0);
  expect(stderr).toContain('suppressor.sender is not a setting');
  expect(stderr).not.toMatch(/^\s+at /m);
}, 60_000);

test('names the command where a bundle has not been built', () => {
  const empty = mkdtempSync(join(tmpdir(), 'empty-'));
  expect(() => suppressor({}, testApp({ [BUNDLES_CONTEXT]: empty }))).toThrow(
    `no bundle of the feedback function, got: ${join(empty, 'feedback')} without index.mjs; run \`npm run build\` first`,
  );
});
