import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Missing } from './acceptance-error.ts';
import type { Commands } from './commands.ts';

/** The cloud that is deployed to. */
export const MINISTACK = 'ministack==1.5.33';
const OLDEST = [3, 10] as const;

const HOW =
  'Debian, Ubuntu: apt-get install python3 python3-venv openssl; Fedora: dnf install python3 openssl; macOS: brew install python openssl.';

/** What a candidate for Python answers: its version, or nothing. */
const PROBE = 'import sys, venv, ensurepip; print(".".join(map(str, sys.version_info[:3])))';

/** @example isNewEnough('3.11.7') // true */
export const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};

/** A Python that can make virtual environments. */
export interface Python {
  readonly file: string;
  readonly version: string;
}

/** @throws Missing */
export const findPython = async (commands: Commands): Promise<Python> => {
  if (process.platform === 'win32')
    throw new Missing('ministack is run on Linux and macOS only', 'Use either, or a Linux of WSL.');
  const seen: string[] = [];
  for (const file of ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const found = await commands.run('python', file, ['-c', PROBE]).catch(() => null);
    const version = found?.stdout.trim() ?? '';
    if (version !== '' && isNewEnough(version)) return { file, version };
    if (version !== '') seen.push(`${file} ${version}`);
  }
  const instead = seen.length > 0 ? `, only ${seen.join(', ')}` : '';
  throw new Missing(`no Python ${OLDEST.join('.')} or newer with venv and pip here${instead}`, HOW);
};

/** @throws Missing */
export const findOpenssl = async (commands: Commands): Promise<void> => {
  await commands.run('openssl', 'openssl', ['version']).catch(() => {
    throw new Missing('no openssl here, which makes the certificate that ministack serves', HOW);
  });
};

/**
 * Installs ministack into a virtual environment of its own; one that is there is used again.
 *
 * @param env - how pip reaches PyPI: a proxy, an index, a bundle of certificates
 * @returns its command
 * @throws Missing if PyPI cannot be reached
 */
export const installMinistack = async (
  commands: Commands,
  python: Python,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string> => {
  const ministack = join(folder, 'bin', 'ministack');
  const pip = ['-m', 'pip', '--disable-pip-version-check'];
  const inside = join(folder, 'bin', 'python');
  if (existsSync(ministack)) {
    const installed = await commands.run('pip-freeze', inside, [...pip, 'freeze'], { env }).catch(() => null);
    if (installed?.stdout.split('\n').includes(MINISTACK)) return ministack;
  }
  await commands.run('venv', python.file, ['-m', 'venv', '--clear', folder], { env });
  await commands
    .run('pip-install', inside, [...pip, 'install', '--only-binary', ':all:', MINISTACK], { env })
    .catch((error: unknown) => {
      throw new Missing(`${MINISTACK} could not be installed: ${String(error)}`, 'Is PyPI reachable from here?');
    });
  return ministack;
};
