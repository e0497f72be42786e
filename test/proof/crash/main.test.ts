import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../../..');

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = async (...args: readonly string[]): Promise<Ran> => {
  try {
    const ran = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'proof/crash/main.ts', ...args], {
      cwd: ROOT,
    });
    return { code: 0, ...ran };
  } catch (error) {
    return error as Ran;
  }
};

describe('npm run crash', () => {
  it('crashes a function at every site it passes, in every moment', async () => {
    const { code, stdout } = await run('--scenario', 'feedback: an unreadable event', '--processes', '1', '--json');
    const { scenarios } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(scenarios).toEqual([expect.objectContaining({ program: 'feedback', failures: [] })]);
    // Each site before its operand is evaluated and after it has come to its end, those that wait meanwhile too.
    expect(scenarios[0].crashes).toBeGreaterThan(2 * scenarios[0].passed);
    expect(scenarios[0].worlds).toBeGreaterThan(1);
  });

  it('notices a key that is marked as answered before SES was asked, and only because of crashes', async () => {
    const { code, stdout } = await run('--planted', 'marked as answered', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).planted).toEqual([
      {
        name: 'a key is marked as answered before SES was asked',
        faults: expect.arrayContaining([expect.stringContaining('which is no mail of it')]),
        isCalm: false,
        onlyByCrash: true,
      },
    ]);
  });

  it('tells what is wrong with its arguments', async () => {
    expect(await run('--processes', 'none')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--processes: a whole number of at least 1'),
    });
  });
});
