import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeInput, type Finding } from '../../../proof/fuzz/finding.ts';
import type { Target } from '../../../proof/fuzz/target.ts';
import { makeTargets } from '../../../proof/fuzz/targets/index.ts';

const FOLDER = join(__dirname, 'found');
const found = readdirSync(FOLDER)
  .filter((file) => file.startsWith('local-'))
  .map((file): [string, Finding] => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]);

let targets: readonly Target[] = [];
beforeAll(async () => {
  targets = await makeTargets(['local-http', 'local-tcp']);
});
afterAll(async () => {
  for (const target of targets) await target.stop?.();
});

test.each(found)('what was found once in a server is mended: %s', async (_file, { target: name, input }) => {
  const target = targets.find((each) => each.name === name);
  await expect(target?.run(decodeInput(input))).resolves.toBeInstanceOf(Array);
});
