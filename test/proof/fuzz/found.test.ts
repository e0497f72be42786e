import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeInput, type Finding } from '../../../proof/fuzz/finding.ts';
import { makeTargets } from '../../../proof/fuzz/targets/index.ts';

const FOLDER = join(__dirname, 'found');
/** Where something took for ever, it takes a blink now. */
const LONGEST_MS = 10_000;

const found = readdirSync(FOLDER).map((file): [string, Finding] => [
  file,
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
]);

test.each(found.filter(([, { target }]) => !target.startsWith('local-')))(
  'what was found once is mended: %s',
  async (_file, { target: name, input }) => {
    const [target] = await makeTargets([name]);
    const start = performance.now();
    await expect(target?.run(decodeInput(input))).resolves.toBeInstanceOf(Array);
    expect(performance.now() - start).toBeLessThan(LONGEST_MS);
  },
);

test.each(found)('what was found once is kept without a path of the machine that found it: %s', (_file, { stack }) => {
  expect(stack).not.toMatch(/(?:file:\/\/|[ (])\//);
});
