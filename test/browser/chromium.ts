import { accessSync, constants } from 'node:fs';

/** How it is started: without a sandbox, as containers want it, and without asking anybody anything by itself. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
] as const;

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const isRunnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the browser is; undefined: there is none. */
export const findChromium = (env: Environment = process.env): string | undefined =>
  [env.CHROMIUM ?? '', ...(env.CHROMIUM === undefined ? PLACES : [])].find((path) => path !== '' && isRunnable(path));

/** Told when there is no browser: what was looked for, and how to get one. */
export const noBrowser = ({ CHROMIUM }: Environment = process.env): string => {
  const why =
    CHROMIUM === undefined
      ? `none of ${PLACES.join(', ')} can be run`
      : `CHROMIUM is "${CHROMIUM}", which cannot be run`;
  return `There is no browser to test with: ${why}.
Debian and Ubuntu:  apt-get install -y --no-install-recommends chromium
Elsewhere: install Chromium or Chrome, and set CHROMIUM to its path.
`;
};
