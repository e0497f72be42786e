import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, noBrowser } from './chromium.ts';

const PAGE = join(__dirname, '../../dist/console/app.js');

/** Ends the run, with a word about it, where it could not test anything. */
export default function needsABrowser(): void {
  const lacks = findChromium() === undefined ? noBrowser() : existsSync(PAGE) ? '' : 'Build the page: npm run build\n';
  if (lacks === '') return;
  process.stderr.write(`\n${lacks}`);
  process.exit(1);
}
