import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a program that imports this package gets: the built files, by the package's own name. */
const exported = async (name: string): Promise<Record<string, string>> => {
  const script = `import * as all from '${name}'; console.log(JSON.stringify(Object.fromEntries(Object.entries(all).map(([k, v]) => [k, typeof v]))))`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout);
};

test('other programs import the list, the guard and the decisions', async () => {
  expect(await exported('ses-suppressor')).toMatchObject({
    SuppressionList: 'function',
    guardTransporter: 'function',
    parseAddress: 'function',
    openEnvelope: 'function',
    classify: 'function',
    DEFAULT_POLICY: 'object',
  });
});

test('other stacks import the constructs', async () => {
  expect(await exported('ses-suppressor/cdk')).toMatchObject({
    SuppressorStack: 'function',
    SuppressionTable: 'function',
    FeedbackPipeline: 'function',
    GuardedSender: 'function',
    SendQueue: 'function',
    OneClickUnsubscribe: 'function',
  });
});

test('types are made of the very modules that are exported', async () => {
  const { files } = JSON.parse(await readFile('tsconfig.types.json', 'utf8'));
  const { exports } = JSON.parse(await readFile('package.json', 'utf8'));
  const types = Object.values<{ types: string }>(exports).map((each) => each.types);
  expect(types).toEqual(files.map((file: string) => `./dist/types/${file.replace(/\.ts$/, '.d.ts')}`));
});
