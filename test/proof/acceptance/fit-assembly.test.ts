import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitAssembly } from '../../../proof/acceptance/fit-assembly.ts';

test('A copy of an assembly names the hash of its own template, and the first one is left alone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'assembly-'));
  const from = join(root, 'from');
  mkdirSync(from);
  const schedule = { Type: 'AWS::SecretsManager::RotationSchedule' };
  const files: Record<string, string> = {
    'S.template.json': JSON.stringify({ Resources: { R: schedule } }),
    'S.assets.json': JSON.stringify({
      files: {
        other: { source: { path: 'asset.other' } },
        before: { source: { path: 'S.template.json' }, destinations: { d: { objectKey: 'before.json' } } },
      },
    }),
    'manifest.json': JSON.stringify({ url: 's3://bucket/before.json' }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(from, name), text);

  const { original, deployed, changes } = await fitAssembly(from, join(root, 'to'), 'S');

  expect([original.Resources, deployed.Resources]).toEqual([{ R: schedule }, {}]);
  expect(changes).toHaveLength(1);
  const read = (name: string) => readFileSync(join(root, 'to', name), 'utf8');
  const hash = createHash('sha256').update(read('S.template.json')).digest('hex');
  expect(JSON.parse(read('S.assets.json')).files[hash].destinations.d.objectKey).toBe(`${hash}.json`);
  expect(JSON.parse(read('manifest.json')).url).toBe(`s3://bucket/${hash}.json`);
  for (const [name, text] of Object.entries(files)) expect(readFileSync(join(from, name), 'utf8')).toBe(text);
  await expect(fitAssembly(from, join(root, 'again'), 'T')).rejects.toThrow('T.template.json');
});
