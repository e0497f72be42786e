import { accessSync, constants } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const isRunnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Told when there is no browser. */
export const NO_BROWSER = `There is no browser to test with: none of ${['$CHROMIUM', ...PLACES].join(', ')} can be run.
Debian and Ubuntu:  apt-get install -y --no-install-recommends chromium
Elsewhere: install Chromium or Chrome, and set CHROMIUM to its path.
`;

/** Where the browser is; undefined: there is none. */
export const findChromium = (env: Readonly<Record<string, string | undefined>> = process.env): string | undefined =>
  [env.CHROMIUM ?? '', ...(env.CHROMIUM === undefined ? PLACES : [])].find((path) => path !== '' && isRunnable(path));
