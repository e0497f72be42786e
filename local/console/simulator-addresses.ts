import type { DeskView } from '../../console/api.ts';

/** What the mailbox simulator does with each of its names, as `local/simulator` plays it. */
const NAMES = {
  bounce: 'bounces: there is no such mailbox',
  success: 'is delivered',
  complaint: 'is delivered, then called spam by its reader',
  suppressionlist: 'bounces: it is on SES’s own list',
  ooto: 'is delivered, then answered: out of office',
} as const;

/** Everybody there is to mail at the simulator; a label, as in `bounce+2@…`, makes one more of each. */
export const SIMULATOR_ADDRESSES: DeskView['simulator'] = Object.entries(NAMES).map(([name, what]) => ({
  address: `${name}@simulator.amazonses.com`,
  what,
}));
