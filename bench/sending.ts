import type { Pair } from './median.ts';
import { againstFloor, type Row } from './row.ts';
import { bundleLikeAFunction, runBundle, withFolder } from './subject.ts';

/** What each row is called, and the worst ratio to its floor that may land. */
const ROWS = {
  attachment: ['build a mail with 1 MB attached', 1.25],
  plain: ['one send without its network', 2],
  raw: ['pass 1 MB of raw MIME through', 6],
} as const;

/**
 * The work of one mail: nodemailer's composer alone is the floor of what is built, reading the base64 strictly (there and
 * back) that of what is passed through.
 */
export const sending = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const file = await bundleLikeAFunction('bench/subjects/sending.ts', folder);
    const measured = (await runBundle(file)) as Record<keyof typeof ROWS, Pair>;
    return Object.entries(ROWS).map(([key, [name, budget]]) =>
      againstFloor(name, 'µs', measured[key as keyof typeof ROWS], budget),
    );
  });
